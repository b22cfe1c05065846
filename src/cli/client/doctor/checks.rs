//! The checks, each of which relies on what those before it found out.

use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;

use super::{
    super::{
        http::{Answer, Request},
        refusal,
        signing::Token,
    },
    Found, Report,
    origins::{are_near, named_by, next_to},
    probe::{Call, Heard, PROBED_BODY, Placement, Probe, Prober, Signer},
    repairs::{
        PLACEMENT, TWICE, UNHEARD_OF, bad_consumer, bad_token, good_consumer, known_elsewhere, no_randomness,
        signs_for_another, wrong,
    },
    rsa::PrivateKey,
};
use crate::{
    cli::CliError,
    clock,
    oauth1::{Origin, SignatureMethod, percent_encode},
    provider::policy,
    web::PLUGIN,
};

/// How far the consumer's probes follow a server's clock, in seconds: more than any time zone is off.
const FARTHEST_CLOCK: i64 = 24 * 60 * 60;

/// Who examines, and what is known so far.
pub struct Doctor {
    prober: Prober,
    private_key: Option<PrivateKey>,
    token: Option<Token>,
    tracker: Option<(String, String)>,
    /// How far the server's clock is ahead of ours.
    ahead: i64,
    /// The origin for which the server takes signatures, as far as is known. Probes of the consumer are made for it.
    origin: Origin,
}

impl Doctor {
    pub fn new(
        prober: Prober,
        private_key: Option<PrivateKey>,
        token: Option<Token>,
        tracker: Option<(String, String)>,
    ) -> Self {
        let origin = prober.vouched.clone();
        Self { prober, private_key, token, tracker, ahead: 0, origin }
    }

    /// Looks at everything in turn, as far as it makes sense to go on.
    pub fn examine(mut self, report: &mut Report) -> Result<(), CliError> {
        let reachable = self.reachable();
        report.tell("reachable", &reachable)?;
        if matches!(reachable, Found::Wrong { .. }) {
            return Ok(());
        }
        report.tell("clock", &self.clock()?)?;
        if self.ahead.saturating_abs() > FARTHEST_CLOCK {
            return report.tell("consumer", &Found::Skipped("nothing is signed for a time so far off".to_owned()));
        }
        let (address, consumer) = self.public_url_and_consumer()?;
        report.tell("public URL", &address)?;
        report.tell("consumer", &consumer)?;
        if !matches!(consumer, Found::Fine(_)) {
            return Ok(());
        }
        self.examine_signing(report)?;
        let token = self.token()?;
        report.tell("token", &token)?;
        for (name, found) in self.role(&token)? {
            report.tell(name, &found)?;
        }
        Ok(())
    }

    /// What becomes of signed requests on their way, and which signatures are taken.
    fn examine_signing(&self, report: &mut Report) -> Result<(), CliError> {
        report.tell("replay", &self.replay()?)?;
        for (name, found) in self.methods()? {
            report.tell(name, &found)?;
        }
        for (name, place) in
            [("in the header", Placement::Header), ("in the body", Placement::Body), ("in the query", Placement::Query)]
        {
            let found = self.proves(&Probe { place, ..self.of_consumer() }, "is taken", PLACEMENT)?;
            report.tell(name, &found)?;
        }
        report.tell("body hash", &self.body_hash()?)
    }

    fn of_consumer(&self) -> Probe<'_> {
        Probe {
            signer: Signer::Hmac(self.prober.consumer.method),
            place: Placement::Header,
            origin: &self.origin,
            timestamp: clock::now().saturating_add(self.ahead),
            body_hash: None,
        }
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
        if self.clock_is_off() {
            let what = format!("this machine's clock is {seconds} s {behind} the server's: every request is refused");
            return Ok(wrong(what, "set the clock that is wrong (NTP does)"));
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

    /// Whether a request that this machine signs now is refused for its time.
    fn clock_is_off(&self) -> bool {
        self.ahead.saturating_abs() >= policy::TIMESTAMP_WINDOW_SECONDS
    }

    /// Whether the server takes signatures for the URL that it is known by; else, for which one it does.
    fn public_url_and_consumer(&mut self) -> Result<(Found, Found), CliError> {
        let vouched = &self.prober.vouched;
        let refusal = match self.prober.probe(&self.of_consumer())? {
            Heard::Proved(_) => {
                return Ok((Found::Fine(format!("base strings are built from {vouched}")), good_consumer()));
            }
            Heard::Refused(refusal) => refusal,
            Heard::Other(words) => {
                let what = wrong(words, UNHEARD_OF);
                return Ok((Found::Skipped("the service does not say".to_owned()), what));
            }
        };
        if refusal.code != "signature_invalid" {
            return Ok((Found::Skipped("the consumer is refused before".to_owned()), bad_consumer(&refusal)));
        }
        let named = self.get(&format!("{PLUGIN}/")).ok().and_then(|page| named_by(&page.text()));
        for origin in next_to(vouched, named.as_ref()) {
            if let Heard::Proved(_) = self.prober.probe(&Probe { origin: &origin, ..self.of_consumer() })? {
                let found = signs_for_another(&origin, vouched);
                self.origin = origin;
                return Ok((found, good_consumer()));
            }
        }
        if let Some(named) = named.filter(|named| !are_near(named, vouched)) {
            return Ok((
                known_elsewhere(&named, vouched),
                Found::Skipped(format!("what is signed for {named} is sent to nobody else")),
            ));
        }
        let unknown = Found::Skipped("no signature is right".to_owned());
        let what = format!("the secret is wrong: no signature made with it is right ({})", refusal.named());
        let repair = "compare key and secret with what was printed at registration, or have the secret rotated";
        Ok((unknown, wrong(what, repair)))
    }

    /// The same request twice: the second is to be refused, and the first is not.
    fn replay(&self) -> Result<Found, CliError> {
        let Some(request) = self.prober.request(&self.of_consumer()) else { return Ok(no_randomness()) };
        let (first, second) = (self.prober.send(&request)?, self.prober.send(&request)?);
        Ok(match (first, second) {
            (Heard::Proved(_), Heard::Refused(again)) if again.code == "nonce_used" => {
                Found::Fine("a repeated request is refused".to_owned())
            }
            (Heard::Refused(once), _) if once.code == "nonce_used" => {
                wrong("a request was refused as a replay when it was sent for the first time", TWICE)
            }
            (Heard::Proved(_), Heard::Proved(_)) => wrong(
                "a repeated request was accepted",
                "something in between answers in the service's place (a cache), or instances do not share one database",
            ),
            (Heard::Proved(_), Heard::Refused(other)) => wrong(other.named(), "see the service's log"),
            (Heard::Refused(other), _) => wrong(other.named(), "see the service's log"),
            (Heard::Other(words), _) | (_, Heard::Other(words)) => wrong(words, UNHEARD_OF),
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
        let method = self.prober.consumer.method;
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
        let Some(token) = &self.token else { return Ok(Found::Skipped("no --token".to_owned())) };
        let vouched = &self.prober.vouched;
        if self.origin != *vouched {
            return Ok(Found::Skipped(format!("with a token nothing is signed for another URL than {vouched}")));
        }
        if self.clock_is_off() {
            return Ok(Found::Skipped(
                "with a token nothing is signed for another time than this machine's".to_owned(),
            ));
        }
        Ok(match self.prober.echo(token)? {
            Heard::Proved(answer) => Found::Fine(acts_as(&answer)),
            Heard::Refused(refusal) => bad_token(&refusal),
            Heard::Other(words) => wrong(words, "the user must hold the role again, or authorize under another one"),
        })
    }

    fn role(&self, found: &Found) -> Result<Vec<(&'static str, Found)>, CliError> {
        let skipped = |why: &str| Ok(vec![("role", Found::Skipped(why.to_owned()))]);
        let (Some((project, tracker)), Some(token)) = (&self.tracker, &self.token) else {
            return skipped("no --tracker");
        };
        match found {
            Found::Fine(_) => {}
            Found::Wrong { .. } => return skipped("the token is refused"),
            Found::Skipped(_) => return skipped("the token is not looked at"),
        }
        let path = format!("/api/projects/{}/trackers/{}/items", percent_encode(project), percent_encode(tracker));
        let reading = Call { method: "GET", path: &path, query: "limit=1", json: None };
        let read = match self.prober.call(token, &reading)? {
            Some(answer) if answer.status.is_success() => Found::Fine(format!("the role may read {project}/{tracker}")),
            Some(answer) if answer.status.as_u16() == 404 => wrong(
                format!("{project}/{tracker} is not there, or the role cannot read it"),
                "look for a slip in the name; else the user authorizes under a role that can",
            ),
            Some(answer) => wrong(refusal::describe(&answer), "see the service's log"),
            None => no_randomness(),
        };
        // An empty report files nothing: whoever may file is told what is missing in it, and whoever may not is told that.
        let filing = Call { method: "POST", path: &path, query: "", json: Some("{}") };
        let submit = match self.prober.call(token, &filing)? {
            Some(answer) if answer.status.as_u16() == 422 => Found::Fine("the role may file items".to_owned()),
            Some(answer) => wrong(refusal::describe(&answer), "the user authorizes under a role with the right submit"),
            None => no_randomness(),
        };
        Ok(vec![("role: read", read), ("role: submit", submit)])
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
