//! Answers: what has happened on one connection to the server? At most one request is under way on it.

use std::{
    io::{self, ErrorKind, Read, Write},
    net,
    time::{Duration, Instant},
};

use mio::{Interest, Registry, Token, net::TcpStream};

use crate::{
    answer::{Answer, AnswerReader, BadAnswer},
    target::Target,
};

/// How long the server may take to accept.
const CONNECT: Duration = Duration::from_secs(5);

/// A keep-alive connection.
pub struct Connection {
    socket: TcpStream,
    reader: AnswerReader,
    /// From when on the latency of the request under way counts.
    began: Option<Instant>,
}

/// What came of looking at a connection.
pub enum Heard {
    /// Nothing yet, or not all of it.
    Nothing,
    /// The whole answer to what began then.
    Answer(Instant, Answer),
    /// The server hung up, and no answer was due.
    HungUp,
}

/// Why a request under way has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The answer makes no sense.
    #[error(transparent)]
    Answer(#[from] BadAnswer),
    /// The connection failed.
    #[error("a connection broke: {0}")]
    Io(#[from] io::Error),
}

impl Connection {
    /// Connects, and tells `registry` to report under this number what happens there.
    ///
    /// # Errors
    /// Those of the system.
    pub fn open(target: &Target, registry: &Registry, number: usize) -> io::Result<Self> {
        // To connect is the one thing that is waited for: it happens before the measured time, or is the answer of a
        // server that keeps no connection.
        let socket = net::TcpStream::connect_timeout(&target.address, CONNECT)?;
        socket.set_nodelay(true)?;
        socket.set_nonblocking(true)?;
        let mut socket = TcpStream::from_std(socket);
        registry.register(&mut socket, Token(number), Interest::READABLE)?;
        Ok(Self { socket, reader: AnswerReader::default(), began: None })
    }

    /// Whether an answer is due.
    pub fn is_busy(&self) -> bool {
        self.began.is_some()
    }

    /// Sends a request that counts from `began` on.
    ///
    /// # Errors
    /// Those of the system.
    pub fn send(&mut self, began: Instant, request: &[u8]) -> Result<(), Broken> {
        self.began = Some(began);
        // An empty socket takes a request of a thousand bytes at once; the next one waits for the answer.
        match self.socket.write(request)? {
            whole if whole == request.len() => Ok(()),
            _ => Err(io::Error::new(ErrorKind::WriteZero, "the socket took a part of a request only").into()),
        }
    }

    /// Reads what has come. To be called whenever the connection is reported readable.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn hear(&mut self, room: &mut [u8]) -> Result<Heard, Broken> {
        loop {
            let count = match self.socket.read(room) {
                Ok(0) if self.is_busy() => return Err(io::Error::from(ErrorKind::UnexpectedEof).into()),
                Ok(0) => return Ok(Heard::HungUp),
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(Heard::Nothing),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            let began = self.began.ok_or(BadAnswer::TooMany)?;
            if let Some(answer) = self.reader.take(room.get(..count).unwrap_or_default())? {
                self.began = None;
                return Ok(Heard::Answer(began, answer));
            }
            // With room left, nothing more was there; what comes later is reported again.
            if count < room.len() {
                return Ok(Heard::Nothing);
            }
        }
    }
}
