//! Two signers that share no code agree on random requests, and the service accepts what either signed.

use oauthprovider::{
    oauth1::{Credentials, SignatureMethod, Signed, ToSign, sign},
    secret::Secret,
};
use serde_json::json;

use crate::{
    foreign_client::{Asked, Call, Consumer, Http, Placement, Token, over_the_wire, walk},
    support::{self, Database, Forge, Tool, encoded, on_both_databases},
};

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// A text of pieces on which signing goes wrong.
    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.one_of(pieces)).collect()
    }

    fn pairs(&mut self) -> Vec<(String, String)> {
        let count = self.below(8);
        // What begins like the protocol's parameters would be taken for one.
        let name = |dice: &mut Self| {
            format!("{}{}", dice.one_of(&["a", "z", "o"]), dice.text(NAMES, 3)).replace("oauth_", "oauth-")
        };
        (0..count).map(|_| (name(self), self.text(VALUES, 5))).collect()
    }
}

/// The foreign signer does not encode names, so they are unreserved here; `pitfall_01` has others.
const NAMES: &[&str] = &["a", "A", "z", "0", "1", "10", "2", "-", ".", "_", "~", "auth", "auth_x"];
const VALUES: &[&str] = &[
    "a",
    "Z",
    "0",
    "10",
    " ",
    "+",
    "%",
    "%20",
    "%2B",
    "%25",
    "&",
    "=",
    ";",
    "~",
    "-",
    "_",
    ".",
    "*",
    "'",
    "(",
    ")",
    "!",
    "\"",
    "\\",
    "/",
    "?",
    "#",
    ":",
    "@",
    "[",
    "]",
    "{",
    "|",
    "}",
    "<",
    ">",
    "^",
    "`",
    ",",
    "$",
    "\t",
    "\n",
    "\r\n",
    "\u{1}",
    "\u{7f}",
    "\u{80}",
    "é",
    "e\u{301}",
    "ß",
    "ü",
    "☃",
    "€",
    "🦀",
    "👩‍🔧",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "漢字",
    "العربية",
    "\u{e000}",
    "ﬀ",
    "İ",
];

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// As a form is written by the book.
fn written(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

/// The value of a parameter in an OAuth header, still encoded.
fn in_header<'h>(header: &'h str, name: &str) -> &'h str {
    let (_, after) = header.split_once(&format!("{name}=\"")).unwrap();
    after.split('"').next().unwrap()
}

/// A request of which every part was drawn.
struct Drawn<'d> {
    method: &'d str,
    path: String,
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
    nonce: String,
    timestamp: i64,
}

impl<'d> Drawn<'d> {
    fn new(dice: &mut Dice, round: usize) -> Self {
        let (query, form) = (dice.pairs(), dice.pairs());
        Self {
            method: dice.one_of(&["GET", "POST", "PUT", "PATCH", "DELETE"]),
            path: format!("/plugins/oauthprovider/echo/{}", encoded(&dice.text(&VALUES[..60], 3))),
            query,
            form,
            nonce: format!("{round} {}", dice.text(VALUES, 3)),
            timestamp: oauthprovider::clock::now() - 100 + i64::try_from(dice.below(200)).unwrap(),
        }
    }

    /// Path and query as they go on the wire.
    fn target(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, written(&self.query)) }
    }

    fn signed_by_us(&self, tool: &Tool) -> Signed {
        let form = written(&self.form);
        let token = tool.token.as_ref().map(|token| (&*token.key, Secret::new(&token.secret)));
        let to_sign = ToSign {
            method: self.method,
            url: &format!("{}{}", tool.base, self.target()),
            form: (!self.form.is_empty()).then_some(&form),
            nonce: &self.nonce,
            timestamp: &self.timestamp.to_string(),
            signature_method: SignatureMethod::HmacSha1,
            realm: None,
            callback: None,
            verifier: None,
        };
        let credentials = Credentials {
            consumer_key: &tool.key,
            consumer_secret: &Secret::new(&tool.secret),
            token: token.as_ref().map(|(key, secret)| (*key, secret)),
        };
        sign(&to_sign, &credentials).unwrap()
    }

    fn signed_by_them(&self, tool: &Tool, http: Http<'_>) -> Call {
        let token = tool.token.as_ref().map(|token| Token::new(token.key.clone(), token.secret.clone()));
        let (query, form) = (borrowed(&self.query), borrowed(&self.form));
        let asked = Asked {
            query: &query,
            form: &form,
            once: Some((&self.nonce, self.timestamp.unsigned_abs())),
            version: true,
            ..Asked::default()
        };
        let (base, key, secret) = (&*tool.base, &*tool.key, &*tool.secret);
        let foreign = Consumer { base, key, secret, placement: Placement::Header, http };
        foreign.sign(token.as_ref(), self.method, &self.path, &asked)
    }

    /// That both signed the same.
    fn agreed_upon(&self, tool: &Tool, theirs: &Call) {
        let ours = self.signed_by_us(tool);
        let their_signature = in_header(&theirs.headers[0].1, "oauth_signature");
        assert_eq!(
            encoded(&ours.signature),
            their_signature,
            "{} {}\n{}",
            self.method,
            self.target(),
            ours.base_string
        );
    }
}

#[test]
fn pitfall_10_two_signers_agree_on_hundreds_of_random_requests_and_both_are_accepted() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let http = over_the_wire();
    let mut dice = Dice(0x5eed_0f5e_ed0f_5eed);
    for round in 0..200 {
        let drawn = Drawn::new(&mut dice, round);
        let call = drawn.signed_by_them(&jenkins, &http);
        drawn.agreed_upon(&jenkins, &call);

        let sent: Vec<_> = drawn.query.iter().chain(&drawn.form).collect();
        let answer = http(&call).unwrap();
        assert_eq!(answer.json(200).unwrap()["parameters"], json!(sent), "{round}");
        assert_eq!(answer.json(200).unwrap()["path"], drawn.path, "{round}");
        let mut request = jenkins.request(drawn.method, &drawn.target()).nonce(&format!("{} again", drawn.nonce));
        if !drawn.form.is_empty() {
            request = request.form(&written(&drawn.form));
        }
        assert_eq!(request.send().expect(200).json()["parameters"], json!(sent), "{round}");
    }
}

#[test]
fn pitfall_10_two_signers_agree_on_ten_thousand_random_requests() {
    let unsent = |_: &Call| Err("nothing is sent".into());
    let mut dice = Dice(0x10_000);
    for round in 0..10_000 {
        let drawn = Drawn::new(&mut dice, round);
        let token = support::Token { key: dice.text(VALUES, 3), secret: dice.text(VALUES, 3) };
        let tool = Tool::new("http://forge.example:8080", &dice.text(VALUES, 3), &dice.text(VALUES, 3)).with(&token);
        drawn.agreed_upon(&tool, &drawn.signed_by_them(&tool, &unsent));
    }
}

#[test]
fn pitfall_10_random_requests_with_any_names_signed_by_hand_are_accepted() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let mut dice = Dice(0xdecaf_c0ffee);
    for round in 0..150 {
        let pairs: Vec<_> = (0..dice.below(12)).map(|_| (dice.text(VALUES, 3), dice.text(VALUES, 4))).collect();
        let signed = normalised(&pairs);
        let target = format!("/plugins/oauthprovider/echo?{}", written(&pairs));
        let answer = jenkins.by_hand("GET", "/plugins/oauthprovider/echo", &signed).call(&target).send();
        assert_eq!(answer.status, 200, "{round}: {target}");
        // A pair without name and value is written `=`, and is one all the same.
        assert_eq!(answer.json()["parameters"], json!(pairs), "{round}: {target}");
    }
}

/// Sorted by encoded bytes, an `@` where the protocol's parameters belong; none of these begins like them.
fn normalised(pairs: &[(String, String)]) -> String {
    let mut all: Vec<_> = pairs.iter().map(|(name, value)| (encoded(name), encoded(value))).collect();
    all.push(("oauth_".to_owned(), "@".to_owned()));
    all.sort();
    let written = all.into_iter().map(|(name, value)| if value == "@" { value } else { format!("{name}={value}") });
    written.collect::<Vec<_>>().join("&")
}

on_both_databases! {
    fn a_consumer_that_nobody_here_wrote_walks_through_everything(forge: Forge) {
        let people = include_str!("../clients/forge.json");
        forge.import(people);
        let people: serde_json::Value = serde_json::from_str(people).unwrap();
        let named = |list: &str, name: &str| {
            let found = people[list].as_array().unwrap().iter().find(|one| one["name"] == name);
            found.unwrap_or_else(|| panic!("{name}")).clone()
        };
        let (consumer, alice) = (named("consumers", "oauth1-request"), named("users", "alice"));
        let text = |of: &serde_json::Value, key: &str| of[key].as_str().unwrap().to_owned();
        let (key, secret, password) = (text(&consumer, "key"), text(&consumer, "secret"), text(&alice, "password"));
        let outcome = walk(forge.base(), &key, &secret, "alice", &password);
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}
