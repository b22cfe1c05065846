//! The checks, each of which relies on what those before it found out.

use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;

use super::{
    super::{
        http::{Answer, Request},
        refusal,
    },
    Found, Report,
    probe::{Heard, PROBED_BODY, Place, Probe, Prober, Signer},
    repairs::{PLACEMENT, bad_consumer, bad_token, good_consumer, no_randomness, wrong},
    rsa::PrivateKey,
};
use crate::{
    cli::CliError,
    clock,
    oauth1::{Origin, SignatureMethod, percent_encode},
    provider::policy,
    web::PLUGIN,
};

/// Who examines, and what is known so far.
pub struct Doctor {
    prober: Prober,
    signer: Signer<'static>,
    private_key: Option<PrivateKey>,
    tracker: Option<(String, String)>,
    /// How far the server's clock is ahead of ours.
    ahead: i64,
    /// The origin for which the server takes signatures, as far as is known.
    origin: Origin,
}

impl Doctor {
    pub fn new(
        prober: Prober,
        signer: Signer<'static>,
        private_key: Option<PrivateKey>,
        tracker: Option<(String, String)>,
    ) -> Self {
        let origin = prober.server.clone();
        Self { prober, signer, private_key, tracker, ahead: 0, origin }
    }

    /// Looks at everything in turn, as far as it makes sense to go on.
    pub fn examine(mut self, report: &mut Report) -> Result<(), CliError> {
        let reachable = self.reachable();
        report.tell("reachable", &reachable)?;
        if matches!(reachable, Found::Wrong { .. }) {
            return Ok(());
        }
        report.tell("clock", &self.clock()?)?;
        let (address, consumer) = self.public_url_and_consumer()?;
        report.tell("public URL", &address)?;
        report.tell("consumer", &consumer)?;
        if !matches!(consumer, Found::Fine(_)) {
            return Ok(());
        }
        report.tell("replay", &self.replay()?)?;
        for (name, found) in self.methods()? {
            report.tell(name, &found)?;
        }
        for (name, place) in
            [("in the header", Place::Header), ("in the body", Place::Body), ("in the query", Place::Query)]
        {
            let found = self.proves(&Probe { place, ..self.of_consumer() }, "is taken", PLACEMENT)?;
            report.tell(name, &found)?;
        }
        report.tell("body hash", &self.body_hash()?)?;
        let token = self.token()?;
        report.tell("token", &token)?;
        for (name, found) in self.role(&token)? {
            report.tell(name, &found)?;
        }
        Ok(())
    }

    fn of_consumer(&self) -> Probe<'_> {
        Probe {
            with_token: false,
            signer: self.signer,
            place: Place::Header,
            origin: &self.origin,
            timestamp: clock::now().saturating_add(self.ahead),
            body_hash: None,
        }
    }

    fn of_token(&self) -> Probe<'_> {
        Probe { with_token: true, ..self.of_consumer() }
    }

    fn get(&self, path: &str) -> Result<Answer, CliError> {
        let url = self.prober.server.join(path);
        let request = Request { method: "GET".to_owned(), url, headers: Vec::new(), body: None };
        Ok(self.prober.http.send(&request)?)
    }

    fn reachable(&self) -> Found {
        let server = &self.prober.server;
        let repair = "see that the service runs, that URL is its address, and that no firewall is in between";
        match self.get("/healthz") {
            Ok(answer) if answer.status.is_success() => Found::Fine(format!("{server} answers")),
            Ok(answer) => {
                let what = format!("{server}/healthz answers {}: this is not the service", answer.status);
                wrong(what, "give the URL of the service itself, without a path; its proxy must let /healthz through")
            }
            Err(error) => wrong(error.to_string(), repair),
        }
    }

    /// By the window that a refusal tells, which is what counts; and by `Date`.
    fn clock(&mut self) -> Result<Found, CliError> {
        let by_date = self.get("/healthz")?.header("date").and_then(|date| {
            let date = DateTimeParser::new().parse_timestamp(date).ok()?;
            Some(date.as_second().saturating_sub(clock::now()))
        });
        let long_ago = Probe { timestamp: 1, ..self.of_consumer() };
        let by_window = match self.prober.probe(&long_ago)? {
            Heard::Refused(refusal) => refusal.field("oauth_acceptable_timestamps").and_then(middle),
            Heard::Proved(_) | Heard::Other(_) => None,
        };
        let by_window = by_window.map(|middle| middle.saturating_sub(clock::now()));
        let Some(ahead) = by_window.or(by_date) else {
            return Ok(wrong(
                "the server tells no time, neither in Date nor when it refuses an old request",
                "see whether something else than the service answers under this URL",
            ));
        };
        self.ahead = ahead;
        let behind = if ahead >= 0 { "behind" } else { "ahead of" };
        let seconds = ahead.saturating_abs();
        if seconds >= policy::TIMESTAMP_WINDOW_SECONDS {
            let what = format!("this machine's clock is {seconds} s {behind} the server's: every request is refused");
            return Ok(wrong(
                what,
                "set the clock that is wrong (NTP does); what follows is checked by the server's clock",
            ));
        }
        if let (Some(date), Some(window)) = (by_date, by_window)
            && date.abs_diff(window) > 60
        {
            let what = format!("Date and the accepted time stamps differ by {} s", date.abs_diff(window));
            return Ok(wrong(what, "a cache or a proxy answers in the service's place: let nothing there be cached"));
        }
        Ok(Found::Fine(format!(
            "{seconds} s {behind} the server's, and {} are allowed",
            policy::TIMESTAMP_WINDOW_SECONDS
        )))
    }

    /// Whether the server takes signatures for the URL that it is asked at; else, for which one it does.
    fn public_url_and_consumer(&mut self) -> Result<(Found, Found), CliError> {
        let refusal = match self.prober.probe(&self.of_consumer())? {
            Heard::Proved(_) => return Ok((self.signs_for_what_is_asked(), good_consumer())),
            Heard::Refused(refusal) => refusal,
            Heard::Other(words) => {
                let what = wrong(words, "see the service's log");
                return Ok((Found::Skipped("the service does not say".to_owned()), what));
            }
        };
        if refusal.code != "signature_invalid" {
            return Ok((Found::Skipped("the consumer is refused before".to_owned()), bad_consumer(&refusal)));
        }
        for origin in self.other_origins() {
            if let Heard::Proved(_) = self.prober.probe(&Probe { origin: &origin, ..self.of_consumer() })? {
                let server = &self.prober.server;
                let what = format!("the server builds base strings from {origin}, and not from {server}");
                let repair = format!(
                    "tell the tool {origin}; or name {server} in public_urls; a proxy in between must pass the Host header on"
                );
                self.origin = origin;
                return Ok((wrong(what, &repair), good_consumer()));
            }
        }
        let unknown = Found::Skipped("no signature is right".to_owned());
        let what = format!("the secret is wrong: no signature made with it is right ({})", refusal.named());
        let repair = "compare key and secret with what was printed at registration, or have the secret rotated";
        Ok((unknown, wrong(what, repair)))
    }

    fn signs_for_what_is_asked(&self) -> Found {
        Found::Fine(format!("base strings are built from {}", self.prober.server))
    }

    /// Under which names the service may know itself: what its own page says, and what is next to the URL.
    fn other_origins(&self) -> Vec<Origin> {
        let server = &self.prober.server;
        let mut texts: Vec<String> = self.told_by_the_page().into_iter().collect();
        let (scheme, authority) = (server.scheme(), server.authority());
        let other = if server.is_https() { "http" } else { "https" };
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        texts
            .extend([(other, authority), (scheme, host), (other, host)].map(|(scheme, at)| format!("{scheme}://{at}")));
        for (one, another) in [("localhost", "127.0.0.1"), ("127.0.0.1", "localhost")] {
            if host == one {
                texts.push(format!("{scheme}://{}", authority.replacen(one, another, 1)));
            }
        }
        let mut origins: Vec<Origin> = Vec::new();
        for origin in texts.iter().filter_map(|text| Origin::parse(text).ok()) {
            if origin != *server && !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        origins
    }

    /// The page for authors of tools names the end points in full.
    fn told_by_the_page(&self) -> Option<String> {
        let page = self.get(&format!("{PLUGIN}/")).ok()?.text();
        let (before, _) = page.split_once(&format!("{PLUGIN}/request_token"))?;
        before.rsplit(['>', '"', ' ']).next().map(str::to_owned)
    }

    /// The same request twice: the second is to be refused, and the first is not.
    fn replay(&self) -> Result<Found, CliError> {
        let Some(request) = self.prober.request(&self.of_consumer()) else { return Ok(no_randomness()) };
        let (first, second) = (self.prober.send(&request, false)?, self.prober.send(&request, false)?);
        Ok(match (first, second) {
            (Heard::Proved(_), Heard::Refused(again)) if again.code == "nonce_used" => {
                Found::Fine("a repeated request is refused".to_owned())
            }
            (Heard::Refused(once), _) if once.code == "nonce_used" => wrong(
                "a request was refused as a replay when it was sent for the first time",
                "something in between sends requests twice: see what the proxy repeats (proxy_next_upstream)",
            ),
            (Heard::Proved(_), Heard::Proved(_)) => wrong(
                "a repeated request was accepted",
                "something in between answers in the service's place (a cache), or instances do not share one database",
            ),
            (Heard::Proved(_), Heard::Refused(other)) => wrong(other.named(), "see the service's log"),
            (Heard::Refused(other), _) => wrong(other.named(), "see the service's log"),
            (Heard::Other(words), _) | (_, Heard::Other(words)) => wrong(words, "see the service's log"),
        })
    }

    fn methods(&self) -> Result<Vec<(&'static str, Found)>, CliError> {
        let mut found = Vec::new();
        for method in [SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
            let probe = Probe { signer: Signer::Hmac(method), ..self.of_consumer() };
            found.push((method.name(), self.proves(&probe, "is taken", "see that both sides mean the same by it")?));
        }
        let rsa = match &self.private_key {
            None => Found::Skipped("no --private-key".to_owned()),
            Some(key) => {
                let probe = Probe { signer: Signer::Rsa(key), ..self.of_consumer() };
                self.proves(&probe, "is taken", "have the public half of this very key registered for the consumer")?
            }
        };
        found.push((SignatureMethod::RsaSha256.name(), rsa));
        Ok(found)
    }

    fn proves(&self, probe: &Probe<'_>, fine: &str, repair: &str) -> Result<Found, CliError> {
        Ok(match self.prober.probe(probe)? {
            Heard::Proved(_) => Found::Fine(fine.to_owned()),
            Heard::Refused(refusal) => wrong(refusal.named(), repair),
            Heard::Other(words) => wrong(words, repair),
        })
    }

    /// A right one is taken, a wrong one is not.
    fn body_hash(&self) -> Result<Found, CliError> {
        let method = match self.signer {
            Signer::Hmac(method) => method,
            Signer::Rsa(_) => SignatureMethod::RsaSha256,
        };
        let (right, of_nothing) = (method.body_hash(PROBED_BODY.as_bytes()), method.body_hash(b""));
        let found = self.proves(
            &Probe { body_hash: Some(&right), ..self.of_consumer() },
            "is verified",
            "something in between changes bodies, or their content type",
        )?;
        if !matches!(found, Found::Fine(_)) {
            return Ok(found);
        }
        Ok(match self.prober.probe(&Probe { body_hash: Some(&of_nothing), ..self.of_consumer() })? {
            Heard::Refused(_) => found,
            Heard::Proved(_) | Heard::Other(_) => wrong(
                "a wrong oauth_body_hash is not refused",
                "this is not the service, or a version of it that does not verify bodies",
            ),
        })
    }

    fn token(&self) -> Result<Found, CliError> {
        if self.prober.token.is_none() {
            return Ok(Found::Skipped("no --token".to_owned()));
        }
        Ok(match self.prober.probe(&self.of_token())? {
            Heard::Proved(answer) => Found::Fine(acts_as(&answer)),
            Heard::Refused(refusal) => bad_token(&refusal),
            Heard::Other(words) => wrong(words, "the user must hold the role again, or authorize under another one"),
        })
    }

    fn role(&self, token: &Found) -> Result<Vec<(&'static str, Found)>, CliError> {
        let Some((project, tracker)) = &self.tracker else {
            return Ok(vec![("role", Found::Skipped("no --tracker".to_owned()))]);
        };
        if !matches!(token, Found::Fine(_)) {
            return Ok(vec![("role", Found::Skipped("the token is refused".to_owned()))]);
        }
        let path = format!("/api/projects/{}/trackers/{}/items", percent_encode(project), percent_encode(tracker));
        let read = match self.call("GET", &path, "limit=1", None)? {
            Some(answer) if answer.status.is_success() => Found::Fine(format!("the role may read {project}/{tracker}")),
            Some(answer) if answer.status.as_u16() == 404 => wrong(
                format!("{project}/{tracker} is not there, or the role cannot read it"),
                "look for a slip in the name; else the user authorizes under a role that can",
            ),
            Some(answer) => wrong(refusal::describe(&answer), "see the service's log"),
            None => no_randomness(),
        };
        // An empty report files nothing: whoever may file is told what is missing in it, and whoever may not is told that.
        let submit = match self.call("POST", &path, "", Some("{}"))? {
            Some(answer) if answer.status.as_u16() == 422 => Found::Fine("the role may file items".to_owned()),
            Some(answer) => wrong(refusal::describe(&answer), "the user authorizes under a role with the right submit"),
            None => no_randomness(),
        };
        Ok(vec![("role: read", read), ("role: submit", submit)])
    }

    fn call(&self, method: &str, path: &str, query: &str, json: Option<&str>) -> Result<Option<Answer>, CliError> {
        let request = self.prober.signed(method, path, query, &self.of_token(), json);
        Ok(request.map(|request| self.prober.http.send(&request)).transpose()?)
    }
}

/// The middle of `FROM-TO`, which is the server's time.
fn middle(window: &str) -> Option<i64> {
    let (from, to) = window.split_once('-')?;
    let (from, to): (i64, i64) = (from.parse().ok()?, to.parse().ok()?);
    Some(from.saturating_add(to) / 2)
}

/// Whom the echo saw.
fn acts_as(answer: &Answer) -> String {
    let echo: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let text = |path: &str| echo.pointer(path).and_then(Value::as_str).unwrap_or("?").to_owned();
    let project = echo.pointer("/role/project").and_then(Value::as_str).unwrap_or("forge");
    format!("acts for {} as {project}/{}", text("/user/name"), text("/role/name"))
}
