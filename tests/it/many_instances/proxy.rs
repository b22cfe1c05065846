//! What nginx passes on, what it keeps to itself, and what it sends a second time.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use super::{Cluster, ECHO, address, instance};
use crate::support::{Browser, Call, Line, Nginx, Record, Request, Tool, port_to_keep};

/// Requests of both kinds: one that nginx takes for repeatable, and two that it does not.
fn requests(tool: &Tool) -> [Request; 3] {
    [
        tool.request("GET", &format!("{ECHO}?a=b")),
        tool.request("POST", ECHO).form("a=b&c=d"),
        tool.request("POST", ECHO).json(r#"{"a": "b"}"#),
    ]
}

/// An instance that takes each request, and hangs up instead of answering.
fn hangs_up() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut head = [0; 16 * 1024];
            let _read = stream.unwrap().read(&mut head).unwrap();
        }
    });
    address
}

#[test]
fn what_could_not_be_sent_is_sent_to_another_instance() {
    let cluster = Cluster::new();
    let nobody = format!("127.0.0.1:{}", port_to_keep());
    let live = address(&cluster.instances[0]);
    for number in 0..3 {
        // The first request goes to the first instance.
        let port = port_to_keep();
        let _nginx = Nginx::start(port, &[nobody.clone(), live.clone()]);
        let tool = cluster.reporter().at(&format!("http://127.0.0.1:{port}"));
        let answer = requests(&tool)[number].clone().signed_for(&cluster.base).send().expect(200);
        assert_eq!(instance(&answer), format!("{nobody} : {live}"));
    }
}

/// Its answer may be lost only, and then the second one would be refused as a replay.
#[test]
fn what_was_sent_is_never_sent_again() {
    let cluster = Cluster::new();
    for number in 0..3 {
        let port = port_to_keep();
        let _nginx = Nginx::start(port, &[hangs_up(), address(&cluster.instances[0])]);
        let tool = cluster.reporter().at(&format!("http://127.0.0.1:{port}"));
        let mut call = requests(&tool)[number].clone().signed_for(&cluster.base).signed();
        call.send().expect(502);
        // So it is still good.
        call.url = call.url.replace(&format!("127.0.0.1:{port}"), &address(&cluster.instances[1]));
        call.send().expect(200);
    }
}

#[test]
fn a_path_goes_through_as_it_was_sent() {
    let cluster = Cluster::new();
    let nobody = format!("127.0.0.1:{}", port_to_keep());
    let live = address(&cluster.instances[0]);
    for path in ["/a//b", "//a", "/%61%2Fb%20c", "/a;b=c/d,e", "/~%7E", "/%C3%BC?x=%2F&x=//&y", "/a/./b/../c"] {
        let path = format!("{ECHO}{path}");
        cluster.reporter().get(&path).expect(200);
        let port = port_to_keep();
        let _nginx = Nginx::start(port, &[nobody.clone(), live.clone()]);
        let tool = cluster.reporter().at(&format!("http://127.0.0.1:{port}"));
        let answer = tool.request("GET", &path).signed_for(&cluster.base).send().expect(200);
        assert_eq!(instance(&answer), format!("{nobody} : {live}"), "{path}");
    }
}

#[test]
fn what_the_service_takes_is_not_too_large_for_nginx() {
    let cluster = Cluster::new();
    let reporter = cluster.reporter();
    let largest = vec![b'x'; 256 * 1024];
    reporter.request("POST", ECHO).body("text/plain", &largest).send().expect(200);
    reporter.request("POST", ECHO).body("text/plain", &[&largest[..], b"x"].concat()).send().expect(413);
    let long = "x".repeat(15 * 1024);
    reporter.request("GET", ECHO).header("X-Long", &long).send().expect(200);
    reporter.get(&format!("{ECHO}?{long}")).expect(200);
}

#[test]
fn connections_to_instances_are_kept() {
    let cluster = Cluster::new();
    let mut kept = Line::default();
    kept.send(&Call::new("GET", &format!("{}/healthz", cluster.instances[0].base))).expect(200);
    assert!(kept.is_open(), "an instance keeps connections");
    let (front, count) = counts_connections(address(&cluster.instances[0]));
    let port = port_to_keep();
    let _nginx = Nginx::start(port, &[front]);
    let mut through = Line::default();
    for _ in 0..20 {
        through.send(&Call::new("GET", &format!("http://127.0.0.1:{port}/healthz"))).expect(200);
    }
    assert_eq!(count.try_iter().count(), 1);
}

/// In front of an instance: says of each connection that it was made.
fn counts_connections(instance: String) -> (String, std::sync::mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    Record::of_words(std::slice::from_ref(&instance)).serves(&format!("http://{address}"));
    let (made, count) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for client in listener.incoming() {
            made.send(()).ok();
            let (client, server) = (client.unwrap(), std::net::TcpStream::connect(&instance).unwrap());
            for (from, to) in [(&client, &server), (&server, &client)] {
                let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                thread::spawn(move || {
                    let mut buffer = [0; 8 * 1024];
                    while let Ok(read @ 1..) = from.read(&mut buffer) {
                        to.write_all(&buffer[..read]).unwrap();
                    }
                });
            }
        }
    });
    (address, count)
}

#[test]
fn a_client_does_not_choose_its_address() {
    let cluster = Cluster::new();
    let guess = [("username", "alice"), ("password", "wrong"), ("next", "/")];
    for (header, value) in [("Forwarded", "for=203.0.113.9"), ("X-Forwarded-For", "203.0.113.9")] {
        let call = Browser::new(&cluster.base).request("POST", "/login").form(&guess).header(header, value);
        call.send().expect(401);
    }
    let logs = cluster.logs();
    assert_eq!(logs.matches("log-in failed").count(), 2, "{logs}");
    assert_eq!(logs.matches("client.address=\"127.0.0.1\"").count(), 2, "{logs}");
    assert!(!logs.contains("203.0.113.9"), "{logs}");
}

#[test]
fn what_is_for_the_monitor_is_not_for_the_world() {
    let cluster = Cluster::new();
    for path in ["/metrics", "/readyz"] {
        Call::new("GET", &format!("{}{path}", cluster.base)).send().expect(404);
        Call::new("GET", &format!("{}{path}", cluster.instances[0].base)).send().expect(200);
    }
}
