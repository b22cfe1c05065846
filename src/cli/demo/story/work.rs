//! Steps 5 to 8: what the token is good for, and where it ends.

use serde_json::json;

use super::flow;
use crate::{
    cli::{
        CliError,
        client::signing::Token,
        demo::{
            browser::Browser,
            check,
            tool::{Sent, Tool},
        },
    },
    web::PLUGIN,
};

/// The tracker that Alice may report to.
const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";

/// Step 5: bugs are filed. Gives the first request, to be replayed.
pub fn file_bugs(jenkins: &Tool<'_>, token: &Token) -> Result<Sent, CliError> {
    let out = &jenkins.stage.out;
    out.step(
        5,
        "A build fails, and Jenkins A files a bug in Alice's name",
        "Every request is signed with the consumer's secret and the token's; neither goes over the wire. The signature \
         covers the method, the address, the query and a form. (It does not cover JSON, which is what TLS is for, or \
         oauth_body_hash.)",
    )?;
    let bug = json!({"summary": "Build 12 failed", "details": "http://ci-a.example/job/project-a/12/", "priority": 4});
    let first = jenkins.send_json("POST", ITEMS, &bug, token)?;
    check::status(&first.answer, 201)?;
    check::json(&first.answer, "/submitter", &json!("alice"))?;
    check::json(&first.answer, "/consumer", &json!("jenkins_a"))?;
    out.base_string(&first.base_string)?;
    out.pause()?;
    out.say("The OSLC plugin of Jenkins words its bugs differently, and posts them to an address of its own:")?;
    let bug = json!({
        "dcterms:title": "Hudson Build Failure",
        "dcterms:description": "project-a:FAILURE $13 (http://ci-a.example/job/project-a/13/)",
        "oslc_cm:status": "Open", "helios_bt:priority": "3", "helios_bt:assigned_to": "Nobody",
    });
    let oslc = jenkins.send_json("POST", "/plugins/oslc/cm/project/project-a/tracker/bugs", &bug, token)?;
    check::status(&oslc.answer, 201)?;
    check::json(&oslc.answer, "/summary", &json!("Hudson Build Failure"))?;
    check::json(&oslc.answer, "/submitter", &json!("alice"))?;
    Ok(first)
}

/// Step 6: who acts.
pub fn ask_who(jenkins: &Tool<'_>, token: &Token) -> Result<(), CliError> {
    jenkins.stage.out.step(
        6,
        "Who is it, then?",
        "The echo tells a tool what arrived, and as whom; userinfo tells about the person. Both name the one role that \
         counts, though Alice holds three.",
    )?;
    let echo = jenkins.get(&format!("{PLUGIN}/echo?message=hello"), token)?;
    check::status(&echo, 200)?;
    check::json(&echo, "/user/name", &json!("alice"))?;
    check::json(&echo, "/role/name", &json!("Reporter"))?;
    check::json(&echo, "/consumer/name", &json!("jenkins_a"))?;
    check::json(&echo, "/message", &json!("hello"))?;
    let info = jenkins.get("/api/userinfo", token)?;
    check::status(&info, 200)?;
    check::json(&info, "/full_name", &json!("Alice Liddell"))?;
    check::json(&info, "/role/project", &json!("project-a"))
}

/// Step 7: what the role cannot do, and that Alice can.
pub fn meet_limits(
    (jenkins_a, jenkins_b): (&Tool<'_>, &Tool<'_>),
    alice: &Browser<'_>,
    token: &Token,
    filed: &Sent,
) -> Result<(), CliError> {
    let out = &jenkins_a.stage.out;
    out.step(
        7,
        "One role, and nothing beyond it",
        "Alice manages project-b. Her Reporter role in project-a knows nothing of that, so for its token the tracker \
         there does not exist.",
    )?;
    let elsewhere = jenkins_a.get("/api/projects/project-b/trackers/bugs/items", token)?;
    check::status(&elsewhere, 404)?;
    out.pause()?;
    out.say("A Reporter files bugs and does not close them. The answer says what that would need:")?;
    let (item, closed) = (format!("{ITEMS}/{}", id(filed)?), json!({"status": "closed"}));
    let refused = jenkins_a.send_json("PATCH", &item, &closed, token)?.answer;
    check::status(&refused, 403)?;
    check::json(&refused, "/error", &json!("permission_denied"))?;
    check::json(&refused, "/role", &json!("Reporter"))?;
    check::json(&refused, "/needs", &json!("tracker:bugs tech"))?;
    out.pause()?;
    out.say("And a token is worth nothing to another tool, even one that got hold of its secret:")?;
    let stolen = jenkins_b.get(ITEMS, token)?;
    check::problem(&stolen, 401, "token_rejected")?;
    out.pause()?;
    out.say(
        "Alice herself may close bugs: she is a Developer in project-a too. So she grants Jenkins A a second token, \
         this time with that role, and the same request succeeds with it:",
    )?;
    let developer = flow::walk_again(jenkins_a, alice, ["Developer", "Project A"])?;
    let done = jenkins_a.send_json("PATCH", &item, &closed, &developer)?.answer;
    check::status(&done, 200)?;
    check::json(&done, "/status", &json!("closed"))
}

fn id(filed: &Sent) -> Result<i64, CliError> {
    let item: serde_json::Value = serde_json::from_slice(&filed.answer.body).unwrap_or_default();
    check::there(item.get("id").and_then(serde_json::Value::as_i64), "the number of the bug")
}

/// Step 8: a request that somebody recorded.
pub fn replay(jenkins: &Tool<'_>, token: &Token, filed: &Sent) -> Result<(), CliError> {
    let out = &jenkins.stage.out;
    out.step(
        8,
        "The same request once more",
        "Somebody recorded the request that filed the first bug, and sends it again, byte for byte. Its signature is \
         right, but its nonce was used.",
    )?;
    let answer = jenkins.stage.exchange("whoever recorded it", &filed.request)?;
    check::problem(&answer, 401, "nonce_used")?;
    out.pause()?;
    out.say("The tracker holds the two bugs of step 5, and no third:")?;
    let list = jenkins.get(ITEMS, token)?;
    check::status(&list, 200)?;
    check::json(&list, "/items/0/summary", &json!("Hudson Build Failure"))?;
    check::json(&list, "/items/1/status", &json!("closed"))?;
    let body: serde_json::Value = serde_json::from_slice(&list.body).unwrap_or_default();
    let count = body.get("items").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    check::that(count == 2, "two bugs", &count.to_string())
}
