//! What the foreign consumer lives through, from its first request to a replay that is refused.

use serde_json::{Value, json};

use super::browser::text_of;
use super::{Answer, Asked, Browser, Consumer, Outcome, Pairs, Placement, Token, ensure, over_the_wire};

const ECHO: &str = "/plugins/oauthprovider/echo";
const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";
/// Encoded once too often, it seems; it must come back exactly so.
const CALLBACK: &str = "http://127.0.0.1:9/callback?state=a%2520b%26c&empty=";

/// Values that signing goes wrong on, and names that are there twice.
const AWKWARD: Pairs = &[
    ("message", "Ünïcode ☃ 🦀"),
    ("plus", "1+1=2"),
    ("percent", "100%25 of %2B, 100%"),
    ("ampersand", "a&b=c;d"),
    ("tilde", "~user/*.txt"),
    ("blanks", " two  blanks "),
    ("empty", ""),
    ("again", "z"),
    ("again", "é"),
    ("again", "a+"),
    ("again", "a"),
    ("again", "z"),
    ("a10", "after a1 and before a2"),
    ("a2", ""),
    ("realm", "signed like any other"),
    ("zz", "after oauth_"),
];
const FORM: Pairs = &[("again", "in the form, too"), ("message", "the second of that name"), ("plus", "+ % & = ~ * é")];

/// Walks everything as `user`, who holds the role Reporter in the project that `forge.json` calls project-a.
///
/// # Errors
///
/// The first thing that was not as the contract has it.
pub fn walk(base: &str, key: &str, secret: &str, user: &str, password: &str) -> Outcome<()> {
    let http = over_the_wire();
    let browser = Browser::new(base, user, password, &http);
    let consumer = Consumer { base, key, secret, placement: Placement::Header, http: &http };
    let token = dance(&consumer, &browser)?;
    for placement in [Placement::Header, Placement::Body, Placement::Query] {
        let consumer = Consumer { placement, ..consumer };
        dance_out_of_band(&consumer, &browser)?;
        echoes(&consumer, &token)?;
    }
    echo_as_written(&consumer, &token)?;
    tracker(&consumer, &token)?;
    user_info(&consumer, &token, user)?;
    refusals(&consumer, &token)
}

/// All three legs, back by a redirect.
pub fn dance(consumer: &Consumer, browser: &Browser) -> Outcome<Token> {
    let request_token = consumer.request_token(CALLBACK)?;
    let decided = browser.grant(&consumer.authorize_url(&request_token), &["Reporter"])?;
    let location = decided.location.clone().unwrap_or_default();
    let added = location.strip_prefix(CALLBACK).and_then(|rest| rest.strip_prefix('&'));
    let added = added.ok_or_else(|| format!("the callback came back changed: {decided:?}"))?.to_owned();
    let query = Answer { body: added, ..decided };
    ensure("the callback's token", query.field("oauth_token")? == request_token.identifier, &query)?;
    consumer.access_token(&request_token, &query.field("oauth_verifier")?)
}

/// All three legs, with a verifier that the user carries over after a slip of the pen.
pub fn dance_out_of_band(consumer: &Consumer, browser: &Browser) -> Outcome<Token> {
    let request_token = consumer.request_token("oob")?;
    let page = browser.grant(&consumer.authorize_url(&request_token), &["Reporter"])?;
    let verifier = text_of(&page.body, "oauth_verifier")?;
    let slip = Asked { verifier: Some("slip"), ..Asked::default() };
    let refused = consumer.call(Some(&request_token), "POST", "/plugins/oauthprovider/access_token", &slip)?;
    refused.refused(401, "parameter_rejected")?;
    ensure("what was wrong", refused.field("oauth_parameters_rejected")? == "oauth_verifier", &refused)?;
    consumer.access_token(&request_token, &verifier)
}

/// Every method, with awkward parameters in the query and in the form.
fn echoes(consumer: &Consumer, token: &Token) -> Outcome<()> {
    let path = format!("{ECHO}/a%2Fb/%c3%bc;v=1");
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        for (query, form) in [(AWKWARD, &[] as Pairs), (&[], AWKWARD), (AWKWARD, FORM)] {
            let asked = Asked { query, form, ..Asked::default() };
            let answer = consumer.call(Some(token), method, &path, &asked)?;
            let told = answer.json(200)?;
            let sent: Vec<_> = query.iter().chain(form).collect();
            ensure("the parameters", *at(&told, "/parameters") == json!(sent), &answer)?;
            ensure("the path, as written", *at(&told, "/path") == path, &answer)?;
            ensure("the method", at(&told, "/method") == method, &answer)?;
            ensure("the consumer", at(&told, "/consumer/key") == consumer.key, &answer)?;
            ensure("the role", at(&told, "/role/name") == "Reporter", &answer)?;
        }
    }
    Ok(())
}

/// Another way to write the same query: names without `=`, plus signs, lower-case escapes, needless escapes.
fn echo_as_written(consumer: &Consumer, token: &Token) -> Outcome<()> {
    let query: Pairs = &[("flag", ""), ("d", "é b"), ("e", "a+b~c")];
    let mut call = consumer.sign(Some(token), "GET", ECHO, &Asked { query, ..Asked::default() });
    call.url = format!("{}{ECHO}?flag&d=%c3%a9+b&%65=a%2bb%7ec", consumer.base);
    let answer = (consumer.http)(&call)?;
    ensure("the parameters", *at(&answer.json(200)?, "/parameters") == json!(query), &answer)
}

fn tracker(consumer: &Consumer, token: &Token) -> Outcome<()> {
    let json = r#"{"summary": "Ünïcode ☃ & +%~*=", "details": "from Rust", "priority": 4}"#;
    let filed = consumer.call(Some(token), "POST", ITEMS, &Asked { json: Some(json), ..Asked::default() })?;
    let item = filed.json(201)?;
    ensure("the summary", at(&item, "/summary") == "Ünïcode ☃ & +%~*=", &filed)?;
    let path = format!("{ITEMS}/{}", at(&item, "/id"));
    ensure("Location", filed.location.as_deref().is_some_and(|location| location.ends_with(&path)), &filed)?;
    let found = consumer.call(Some(token), "GET", &path, &Asked::default())?;
    ensure("the item itself", found.json(200)? == item, &found)?;
    let newest = Asked { query: &[("limit", "1")], ..Asked::default() };
    let list = consumer.call(Some(token), "GET", ITEMS, &newest)?;
    ensure("the newest item", *at(&list.json(200)?, "/items") == json!([item]), &list)?;
    let elsewhere = consumer.call(Some(token), "GET", &ITEMS.replace("project-a", "project-b"), &Asked::default())?;
    ensure("another project's tracker", elsewhere.status == 404, &elsewhere)?;
    let close = Asked { json: Some(r#"{"status": "closed"}"#), ..Asked::default() };
    let refused = consumer.call(Some(token), "PATCH", &path, &close)?;
    let lacking = json!({"error": "permission_denied", "role": "Reporter", "needs": "tracker:bugs tech"});
    ensure("a reporter closes no item", refused.json(403)? == lacking, &refused)
}

fn user_info(consumer: &Consumer, token: &Token, user: &str) -> Outcome<()> {
    let answer = consumer.call(Some(token), "GET", "/api/userinfo", &Asked::default())?;
    let told = answer.json(200)?;
    ensure("the user", at(&told, "/username") == user && at(&told, "/role/project") == "project-a", &answer)?;
    let groups = at(&told, "/groups").as_array().is_some_and(|groups| groups.contains(&"project-a/Reporter".into()));
    ensure("the groups", groups, &answer)
}

fn refusals(consumer: &Consumer, token: &Token) -> Outcome<()> {
    let asked = Asked { query: AWKWARD, ..Asked::default() };
    let once = consumer.sign(Some(token), "GET", ECHO, &asked);
    ensure("a request, the first time", (consumer.http)(&once)?.status == 200, &once.url)?;
    (consumer.http)(&once)?.refused(401, "nonce_used")?;
    let forgetful = Consumer { secret: "wrong", ..*consumer };
    forgetful.call(Some(token), "GET", ECHO, &asked)?.refused(401, "signature_invalid")?;
    let unknown = Consumer { key: "nobody", ..*consumer };
    unknown.call(Some(token), "GET", ECHO, &asked)?.refused(401, "consumer_key_unknown")?;
    let ancient = Asked { once: Some(("ancient-nonce", 1_000_000_000)), ..asked };
    consumer.call(Some(token), "GET", ECHO, &ancient)?.refused(401, "timestamp_refused")
}

/// What an answer says at that place; null where it says nothing.
fn at<'v>(told: &'v Value, pointer: &str) -> &'v Value {
    told.pointer(pointer).unwrap_or(&Value::Null)
}
