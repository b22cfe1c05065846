//! A mail server on loopback that takes letters and keeps them, as they would lie in a user's box. Only `nobody` has no box.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};

/// How long a letter may be under way.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server.
pub struct PostOffice {
    address: SocketAddr,
    happened: Mutex<Receiver<Happened>>,
    is_shut: Arc<AtomicBool>,
    is_gone: Arc<AtomicBool>,
}

/// A letter as it arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Whom the envelope is from, and whom it is to.
    pub envelope: Vec<String>,
    /// Name and value of each header, unfolded and decoded.
    pub headers: Vec<(String, String)>,
    /// What it says, decoded.
    pub body: String,
}

enum Happened {
    Taken(Taken),
    SentAway,
}

impl Taken {
    /// The value of a header that is there once.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let values: Vec<_> = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).collect();
        assert_eq!(values.len(), 1, "{name} in {self:?}");
        &values[0].1
    }
}

impl PostOffice {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (is_shut, is_gone) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (send, happened) = mpsc::channel();
        let (shut, gone) = (Arc::clone(&is_shut), Arc::clone(&is_gone));
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                if gone.load(Ordering::SeqCst) {
                    break;
                }
                let (send, is_shut) = (send.clone(), shut.load(Ordering::SeqCst));
                thread::spawn(move || converse(&connection, is_shut, &send));
            }
        });
        Self { address, happened: Mutex::new(happened), is_shut, is_gone }
    }

    /// From now on nobody here takes a letter.
    pub fn shut(&self) {
        self.is_shut.store(true, Ordering::SeqCst);
    }

    /// From now on letters are taken again.
    pub fn open_again(&self) {
        self.is_shut.store(false, Ordering::SeqCst);
    }

    /// Settings of a service that sends its letters here, and looks for news often.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("OAUTHPROVIDER_MAIL_SERVER", "127.0.0.1".to_owned()),
            ("OAUTHPROVIDER_MAIL_PORT", self.address.port().to_string()),
            ("OAUTHPROVIDER_MAIL_ENCRYPTION", "none".to_owned()),
            ("OAUTHPROVIDER_MAIL_FROM", "The Forge <forge@example.org>".to_owned()),
            ("OAUTHPROVIDER_OAUTH_SWEEP_SECONDS", "1".to_owned()),
        ]
    }

    /// The next letter that arrives.
    #[track_caller]
    pub fn next(&self) -> Taken {
        match self.happened.lock().unwrap().recv_timeout(PATIENCE) {
            Ok(Happened::Taken(letter)) => letter,
            Ok(Happened::SentAway) => panic!("somebody was sent away"),
            Err(error) => panic!("no letter: {error}"),
        }
    }

    /// Waits until somebody who brings a letter is sent away.
    #[track_caller]
    pub fn sends_away(&self) {
        match self.happened.lock().unwrap().recv_timeout(PATIENCE) {
            Ok(Happened::SentAway) => {}
            Ok(Happened::Taken(letter)) => panic!("{letter:?}"),
            Err(error) => panic!("nobody came: {error}"),
        }
    }

    /// Has anything happened that nobody asked about?
    pub fn is_quiet(&self) -> bool {
        self.happened.lock().unwrap().try_recv().is_err()
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.is_gone.store(true, Ordering::SeqCst);
        // Wakes who waits for a connection.
        TcpStream::connect(self.address).ok();
    }
}

/// Speaks SMTP as far as a client that sends one letter needs it (RFC 5321).
fn converse(connection: &TcpStream, is_shut: bool, happened: &Sender<Happened>) -> Option<()> {
    let say = |line: &str| (&*connection).write_all(format!("{line}\r\n").as_bytes()).ok();
    let (mut lines, mut envelope) = (BufReader::new(connection), Vec::new());
    if is_shut {
        say("421 come back later")?;
        happened.send(Happened::SentAway).ok();
        return None;
    }
    say("220 post office")?;
    loop {
        let line = read(&mut lines)?;
        match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => say("250-post office\r\n250 8BITMIME")?,
            "RCPT" if line.contains("<nobody@") => {
                say("550 no such mailbox")?;
                happened.send(Happened::SentAway).ok();
            }
            "MAIL" | "RCPT" => {
                envelope.push(line);
                say("250 go on")?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut text = Vec::new();
                loop {
                    match read(&mut lines)? {
                        end if end == "." => break,
                        line => text.push(line.strip_prefix('.').unwrap_or(&line).to_owned()),
                    }
                }
                // Said first: who hears of the letter knows that it was taken.
                say("250 taken")?;
                happened.send(Happened::Taken(parse(&envelope, &text))).ok();
            }
            "QUIT" => return say("221 bye"),
            _ => say("502 what?")?,
        }
    }
}

fn read(lines: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    let read = lines.read_until(b'\n', &mut line).ok()?;
    let text = String::from_utf8(line).expect("letters are sent in ASCII or UTF-8");
    (read > 0).then(|| text.strip_suffix("\r\n").expect("lines end with CRLF").to_owned())
}

fn parse(envelope: &[String], lines: &[String]) -> Taken {
    let end = lines.iter().position(String::is_empty).unwrap_or(lines.len());
    let (mut headers, body): (Vec<(String, String)>, _) = (Vec::new(), &lines[(end + 1).min(lines.len())..]);
    for line in &lines[..end] {
        match (line.starts_with([' ', '\t']), headers.last_mut()) {
            (true, Some((_, value))) => value.push_str(line),
            _ => {
                let (name, value) = line.split_once(':').expect("a header");
                headers.push((name.to_owned(), value.trim().to_owned()));
            }
        }
    }
    let encoding = headers.iter().find(|(name, _)| name == "Content-Transfer-Encoding").map(|(_, value)| value.clone());
    let body = match encoding.as_deref() {
        Some("quoted-printable") => quoted_printable(&body.join("\r\n")),
        Some("base64") => String::from_utf8(STANDARD.decode(body.concat()).unwrap()).unwrap(),
        _ => body.join("\r\n"),
    };
    let headers = headers.into_iter().map(|(name, value)| (name, words(&value))).collect();
    Taken { envelope: envelope.to_vec(), headers, body: body.replace("\r\n", "\n") }
}

fn quoted_printable(text: &str) -> String {
    let (mut bytes, joined) = (Vec::new(), text.replace("=\r\n", ""));
    let mut rest = joined.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        if *first == b'=' {
            let digits = std::str::from_utf8(&others[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &others[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Takes the encoded words in a header apart (RFC 2047).
fn words(value: &str) -> String {
    let (mut out, mut rest) = (String::new(), value);
    while let Some((before, word)) = rest.split_once("=?utf-8?b?") {
        let (encoded, after) = word.split_once("?=").expect("an encoded word ends");
        // Blanks between two encoded words are none.
        if !before.trim().is_empty() || out.is_empty() {
            out.push_str(before);
        }
        out.push_str(&String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap());
        rest = after;
    }
    out + rest
}
