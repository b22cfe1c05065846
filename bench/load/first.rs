//! Answers: since when does a service that was just started accept signed requests?

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    thread::sleep,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use crate::{answer::AnswerReader, drive::unix_seconds, sign::Requests, target::Target};

/// How long the service may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// The pause between two attempts.
const PAUSE: Duration = Duration::from_micros(200);

/// Asks until the answer is 200, and tells the seconds since 1970 when it came.
///
/// # Errors
/// When that takes too long; it tells what the last attempt met.
pub fn wait_for_first(target: &Target, mut requests: Requests) -> Result<f64, String> {
    let begun = Instant::now();
    let mut request = Vec::new();
    loop {
        requests.write_next(unix_seconds(), &mut request);
        let met = match ask(target, &request) {
            Ok(200) => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?;
                return Ok(since.as_secs_f64());
            }
            Ok(status) => format!("the status {status}"),
            Err(error) => error.to_string(),
        };
        if begun.elapsed() > PATIENCE {
            return Err(format!("no request was accepted; the last one met {met}"));
        }
        sleep(PAUSE);
    }
}

fn ask(target: &Target, request: &[u8]) -> io::Result<u16> {
    let mut socket = TcpStream::connect(target.address)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.write_all(request)?;
    let (mut reader, mut room) = (AnswerReader::default(), [0; 4096]);
    loop {
        let bytes = match socket.read(&mut room)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => room.get(..count).unwrap_or_default(),
        };
        if let Some(answer) = reader.take(bytes).map_err(io::Error::other)? {
            return Ok(answer.status);
        }
    }
}
