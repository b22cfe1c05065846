//! The load: signed calls, bug reports and whole dances without pause, until the service is gone.

use std::thread;

use crate::{
    stage::{BUGS, ECHO, PUBLIC},
    support::{Browser, Call, Line, Token, Tool},
};

/// How many call, each over a connection of its own.
const CALLING: usize = 3;
/// How many file bugs.
const FILING: usize = 1;
/// How many dance.
const DANCING: usize = 2;

const AUTHORIZE: &str = "/plugins/oauthprovider/authorize";

/// What a verifier is exchanged with.
#[derive(Clone)]
pub struct Granted {
    pub temporary: Token,
    pub verifier: String,
}

/// What was answered, and what was sent and never answered.
#[derive(Default)]
pub struct Done {
    pub accepted: Vec<Call>,
    pub unclear: Vec<Call>,
    /// Path and summary of each bug that is said to be filed.
    pub filed: Vec<(String, String)>,
    /// Summaries of which nothing is said.
    pub unclear_filings: Vec<String>,
    pub tokens: Vec<Token>,
    /// Tokens that were revoked by whoever held them.
    pub given_back: Vec<Token>,
    pub exchanged: Vec<Granted>,
    pub unclear_exchanges: Vec<Granted>,
}

impl Done {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.accepted.extend(other.accepted);
        self.unclear.extend(other.unclear);
        self.filed.extend(other.filed);
        self.unclear_filings.extend(other.unclear_filings);
        self.tokens.extend(other.tokens);
        self.given_back.extend(other.given_back);
        self.exchanged.extend(other.exchanged);
        self.unclear_exchanges.extend(other.unclear_exchanges);
        self
    }

    /// How many requests were answered as they should be.
    pub fn answered(&self) -> usize {
        self.accepted.len() + self.filed.len() + 3 * self.exchanged.len() + self.given_back.len()
    }

    /// How many were sent and not answered.
    pub fn unanswered(&self) -> usize {
        self.unclear.len() + self.unclear_filings.len() + self.unclear_exchanges.len()
    }
}

/// Who works: a tool with a token, and Alice who grants it more of them.
#[derive(Clone)]
pub struct Workers {
    pub tool: Tool,
    alice: Browser,
    csrf_token: String,
    role_id: String,
}

impl Workers {
    /// Alice looks at one consent page, so that everybody knows what her forms bring back.
    pub fn new(tool: Tool, alice: Browser) -> Self {
        let temporary = Tool { token: None, ..tool.clone() }.ask("oob").signed_for(PUBLIC).send().expect(200).token();
        let consent = alice.consent(&temporary);
        let role_id = consent.role("Reporter/Project A");
        Self { tool, alice, csrf_token: consent.csrf_token, role_id }
    }

    /// The same people at another start of the service. Alice's session outlives it.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        let alice = Browser { base: base.to_owned(), ..self.alice.clone() };
        Self { tool: self.tool.at(base), alice, ..self.clone() }
    }

    /// Works until the service is gone; `meanwhile` sees to that.
    pub fn work_while(&self, meanwhile: impl FnOnce()) -> Done {
        thread::scope(|scope| {
            let calling = (0..CALLING).map(|_| scope.spawn(|| self.call_until_gone()));
            let filing = (0..FILING).map(|_| scope.spawn(|| self.file_until_gone()));
            let dancing = (0..DANCING).map(|_| scope.spawn(|| self.dance_until_gone()));
            let working: Vec<_> = calling.chain(filing).chain(dancing).collect();
            meanwhile();
            working.into_iter().map(|one| one.join().unwrap()).fold(Done::default(), Done::and)
        })
    }

    fn call_until_gone(&self) -> Done {
        let (mut line, mut done) = (Line::default(), Done::default());
        loop {
            let call = self.tool.request("GET", ECHO).signed_for(PUBLIC).signed();
            let Some(answer) = line.try_send(&call) else {
                done.unclear.push(call);
                return done;
            };
            answer.expect(200);
            done.accepted.push(call);
        }
    }

    fn file_until_gone(&self) -> Done {
        let (mut line, mut done) = (Line::default(), Done::default());
        loop {
            let request = self.tool.request("POST", BUGS);
            let summary = format!("a bug {:016x}", fastrand::u64(..));
            let body = serde_json::json!({ "summary": summary }).to_string();
            let Some(answer) = line.try_send(&request.json(&body).signed_for(PUBLIC).signed()) else {
                done.unclear_filings.push(summary);
                return done;
            };
            let answer = answer.expect(201);
            let location = answer.header("Location").unwrap();
            done.filed.push((location.strip_prefix(PUBLIC).unwrap().to_owned(), summary));
        }
    }

    fn dance_until_gone(&self) -> Done {
        let mut done = Done::default();
        while self.dance(&mut done).is_some() {}
        done
    }

    /// One dance; `None`: the service is gone.
    fn dance(&self, done: &mut Done) -> Option<()> {
        let tool = Tool { token: None, ..self.tool.clone() };
        let temporary = tool.ask("oob").signed_for(PUBLIC).signed().try_send()?.expect(200).token();
        let form = [
            ("oauth_token", temporary.key.as_str()),
            ("csrf_token", &self.csrf_token),
            ("role_id", &self.role_id),
            ("decision", "authorize"),
        ];
        let verifier = self.alice.request("POST", AUTHORIZE).form(&form).try_send()?.expect(200).verifier();
        let granted = Granted { temporary, verifier };
        match granted.exchange(&tool).try_send() {
            None => {
                done.unclear_exchanges.push(granted);
                None
            }
            Some(answer) => {
                let token = answer.expect(200).token();
                done.exchanged.push(granted);
                // Every other one is kept.
                if done.exchanged.len().is_multiple_of(2) {
                    done.tokens.push(token);
                    return Some(());
                }
                let give_back = tool.with(&token).request("DELETE", "/api/token").signed_for(PUBLIC).signed();
                give_back.try_send()?.expect(204);
                done.given_back.push(token);
                Some(())
            }
        }
    }
}

impl Granted {
    /// A fresh request for token credentials.
    pub fn exchange(&self, tool: &Tool) -> Call {
        tool.exchange(&self.temporary, &self.verifier).signed_for(PUBLIC).signed()
    }
}
