//! The books: whether what was answered still holds, and whether what holds happened once.

use crate::{
    stage::{ECHO, PUBLIC},
    support::{Call, Line, Own, Program, Service, Tool, at_once},
    work::{Done, Granted},
};

/// How many look at once.
const LOOKING: usize = 4;

/// Rows that no whole change leaves behind: what they would mean, and how many there are of them.
const HALF_MADE: [(&str, &str); 8] = [
    (
        "granted, and nothing to exchange",
        "SELECT CAST(count(*) AS TEXT) AS line FROM request_tokens WHERE state = 'authorized'
            AND (user_id IS NULL OR role_id IS NULL OR verifier_hash IS NULL OR decided IS NULL)",
    ),
    (
        "undecided, and something granted",
        "SELECT CAST(count(*) AS TEXT) AS line FROM request_tokens WHERE state = 'pending'
            AND (user_id IS NOT NULL OR role_id IS NOT NULL OR verifier_hash IS NOT NULL OR decided IS NOT NULL)",
    ),
    (
        "over, and the verifier still there",
        "SELECT CAST(count(*) AS TEXT) AS line FROM request_tokens
            WHERE state NOT IN ('pending', 'authorized') AND verifier_hash IS NOT NULL",
    ),
    (
        "a token under a role that is none",
        "SELECT CAST(count(*) AS TEXT) AS line FROM access_tokens WHERE role_id NOT IN (SELECT id FROM roles)
            OR user_id NOT IN (SELECT id FROM users) OR consumer_id NOT IN (SELECT id FROM consumers)",
    ),
    (
        "two bugs of one report",
        "SELECT CAST(count(*) AS TEXT) AS line FROM
            (SELECT summary FROM items GROUP BY summary HAVING count(*) > 1) AS twice",
    ),
    (
        "a nonce on a line that is still to come",
        "SELECT CAST(count(*) AS TEXT) AS line FROM nonces WHERE line > (SELECT line FROM ledger)",
    ),
    (
        "two secrets in one place",
        "SELECT CAST(count(*) AS TEXT) AS line FROM
            (SELECT 1 FROM consumer_secrets GROUP BY consumer_id, place HAVING count(*) > 1) AS twice",
    ),
    ("more than one ledger", "SELECT CAST(count(*) - 1 AS TEXT) AS line FROM ledger"),
];

/// What does not hold of what was answered, and what happened twice.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Requests that were accepted a second time.
    pub accepted_again: usize,
    /// Tokens, bugs, exchanges and revocations that were answered and are not there.
    pub lost: usize,
    /// Verifiers that gave two tokens, and tokens without one.
    pub given_twice: usize,
    /// Rows that no whole change leaves behind.
    pub half_made: usize,
}

impl Losses {
    pub fn add(&mut self, other: &Self) {
        self.accepted_again += other.accepted_again;
        self.lost += other.lost;
        self.given_twice += other.given_twice;
        self.half_made += other.half_made;
    }

    /// As a line of figures.
    pub fn line(&self) -> String {
        let Self { accepted_again, lost, given_twice, half_made } = self;
        format!("{accepted_again}, {lost}, {given_twice}, {half_made}")
    }
}

/// What the figures call that line.
pub const LOSSES: &str = "accepted again, lost, given twice, half made";

/// Looks at everything that was done before, at the service that is there now.
#[track_caller]
pub fn look(done: &Done, tool: &Tool, service: &Service) -> Losses {
    let tool = tool.at(&service.base);
    let mut losses = Losses { accepted_again: accepted_again(&done.accepted, service), ..Losses::default() };
    send_unclear(&done.unclear, service);
    losses.accepted_again += accepted_again(&done.unclear, service);
    let mut line = Line::default();
    for (path, summary) in &done.filed {
        let answer = line.send(&tool.request("GET", path).signed_for(PUBLIC).signed());
        losses.lost += usize::from(answer.status != 200 || answer.json()["summary"] != summary.as_str());
    }
    for token in &done.tokens {
        let answer = line.send(&tool.with(token).request("GET", ECHO).signed_for(PUBLIC).signed());
        losses.lost += usize::from(answer.status != 200);
    }
    for token in &done.given_back {
        let answer = line.send(&tool.with(token).request("GET", ECHO).signed_for(PUBLIC).signed());
        losses.lost += usize::from(answer.problem() != (401, "token_revoked".to_owned()));
    }
    let consumer = Tool { token: None, ..tool };
    let mut exchange = |granted: &Granted| line.send(&granted.exchange(&consumer)).problem();
    for granted in &done.exchanged {
        losses.given_twice += usize::from(!is_used(&exchange(granted)));
    }
    for granted in &done.unclear_exchanges {
        // It may have been made or not. Then it is made now, and not again.
        let first = exchange(granted);
        losses.lost += usize::from(first.0 != 200 && !is_used(&first));
        losses.given_twice += usize::from(!is_used(&exchange(granted)));
    }
    losses
}

/// Nobody knows of these whether they were accepted. Sent now they count if they did not before, and then never again.
#[track_caller]
pub fn send_unclear(unclear: &[Call], service: &Service) {
    for answer in send_again(unclear, service) {
        assert!(answer.0 == 200 || is_refused_as_replay(&answer), "{answer:?}");
    }
}

fn is_used((status, code): &(u16, String)) -> bool {
    (*status, code.as_str()) == (401, "token_used")
}

/// How many of these, all of which were accepted, are not refused now.
pub fn accepted_again(accepted: &[Call], service: &Service) -> usize {
    send_again(accepted, service).iter().filter(|answer| !is_refused_as_replay(answer)).count()
}

/// A replay is told so, or, when its time is over, that.
fn is_refused_as_replay((status, code): &(u16, String)) -> bool {
    *status == 401 && matches!(code.as_str(), "nonce_used" | "timestamp_refused")
}

/// What the very same requests are answered now.
fn send_again(calls: &[Call], service: &Service) -> Vec<(u16, String)> {
    let answers = at_once(LOOKING, |one| {
        let mut line = Line::default();
        let own = calls.iter().skip(one).step_by(LOOKING);
        own.map(|call| line.send(&Call { url: format!("{}{ECHO}", service.base), ..call.clone() }).problem())
            .collect::<Vec<_>>()
    });
    answers.into_iter().flatten().collect()
}

/// Looks for rows that are half made, for tokens that nobody issued (by hand there were so many), and whether the audit log
/// holds.
pub fn look_at_rows(database: &Own, by_hand: usize) -> Losses {
    let count = |query: &str| database.lines(query).remove(0).parse::<usize>().unwrap();
    let mut losses = Losses::default();
    for (meaning, query) in HALF_MADE {
        let found = count(query);
        if found > 0 {
            println!("{found} rows: {meaning}");
        }
        losses.half_made += found;
    }
    let exchanged = count("SELECT CAST(count(*) AS TEXT) AS line FROM request_tokens WHERE state = 'exchanged'");
    losses.given_twice =
        count("SELECT CAST(count(*) AS TEXT) AS line FROM access_tokens").abs_diff(exchanged + by_hand);
    let verified = Program::new(&["audit", "verify", "--database-url", &database.url]).run();
    if verified.code != Some(0) {
        println!("{}", verified.err);
        losses.half_made += 1;
    }
    if database.sqlite_path().is_some() {
        let whole = database.lines("SELECT integrity_check AS line FROM pragma_integrity_check");
        losses.half_made += usize::from(whole != ["ok"]);
        losses.half_made += database.lines("SELECT \"table\" AS line FROM pragma_foreign_key_check").len();
    }
    losses
}
