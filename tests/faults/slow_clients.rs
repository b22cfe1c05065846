//! Two hundred clients that send a byte now and then, while normal requests go on.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    figures::Figures,
    stage::{ECHO, PUBLIC, Stage},
    support::{Call, Line, Service, Tool, on_each_database},
};

/// How many are slow: half of them with their headers, half with their bodies.
const SLOW: usize = 200;
/// The pause after each byte.
const PAUSE: Duration = Duration::from_millis(200);
/// How many normal requests are compared.
const NORMAL: usize = 400;
/// Longer than a client may take for a request line and headers.
const LIMIT: Duration = Duration::from_secs(60);

/// Sends the beginning of a request, waits for all others to have done so, and sends a byte now and then, until the service
/// has enough of it or all is over.
fn send_slowly(service: &Service, number: usize, begun: &Barrier, over: &AtomicBool) -> bool {
    let mut stream = TcpStream::connect(service.base.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(PAUSE)).unwrap();
    let head = if number.is_multiple_of(2) {
        "GET / HTTP/1.1\r\nHost: forge.example\r\nX-Slow: "
    } else {
        "POST /login HTTP/1.1\r\nHost: forge.example\r\nContent-Length: 100000\r\n\r\n"
    };
    stream.write_all(head.as_bytes()).unwrap();
    begun.wait();
    let mut answer = [0; 1024];
    while !over.load(Ordering::SeqCst) {
        if stream.write_all(b"a").is_err() {
            return true;
        }
        match stream.read(&mut answer) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return true,
        }
    }
    false
}

/// The middle one of the times that normal requests take, each of which is answered.
fn middle_time(service: &Service, tool: &Tool) -> Duration {
    let mut line = Line::default();
    let mut times: Vec<Duration> = (0..NORMAL)
        .map(|_| {
            let call: Call = tool.request("GET", ECHO).signed_for(PUBLIC).signed();
            let began = Instant::now();
            assert_eq!(line.send(&call).status, 200, "a normal request at {}", service.base);
            began.elapsed()
        })
        .collect();
    times.sort();
    times[NORMAL / 2]
}

on_each_database! {
    fn two_hundred_slow_clients_keep_nobody_from_being_answered(kind: Database) {
        let stage = Stage::on(kind);
        let service = stage.serve();
        let tool = stage.jenkins_of_alice(&service, "Reporter");
        let alone = middle_time(&service, &tool);
        let (begun, over) = (Barrier::new(SLOW + 1), AtomicBool::new(false));
        let (beside, ended) = thread::scope(|scope| {
            let (service, begun, over) = (&service, &begun, &over);
            let slow: Vec<_> =
                (0..SLOW).map(|number| scope.spawn(move || send_slowly(service, number, begun, over))).collect();
            begun.wait();
            // Each of these is answered, and all of those are still there when the last one is.
            let beside = middle_time(service, &tool);
            let open = slow.iter().filter(|one| !one.is_finished()).count();
            assert_eq!(open, SLOW, "some of them went while normal requests were still to be answered");
            let began = Instant::now();
            while slow.iter().any(|one| !one.is_finished()) && began.elapsed() < LIMIT {
                assert_eq!(tool.request("GET", ECHO).signed_for(PUBLIC).send().status, 200);
                thread::park_timeout(PAUSE);
            }
            over.store(true, Ordering::SeqCst);
            (beside, slow.into_iter().map(|one| one.join().unwrap()).filter(|ended| *ended).count())
        });
        Figures::of(format!("{SLOW} slow clients, on {kind:?}"))
            .add("microseconds of a normal request, in the middle, without them", alone.as_micros())
            .add("microseconds beside them", beside.as_micros())
            .add("slow clients that the service hung up on", ended)
            .print();
        assert_eq!(ended, SLOW, "who never ends is ended");
    }
}
