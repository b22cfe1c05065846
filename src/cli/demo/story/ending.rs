//! Steps 9 and 10: the role goes and comes back, the token goes for good.

use serde_json::{Value, json};

use crate::{
    cli::{
        CliError,
        client::signing::Token,
        demo::{browser::Browser, check, forge, stage::Stage, tool::Tool},
        operator::operator,
    },
    provider::{self, Lifetime, access::Issue},
    web::PLUGIN,
};

/// Step 9: a token has no more rights than its user.
pub fn lose_role(jenkins: &Tool<'_>, token: &Token) -> Result<(), CliError> {
    let stage = jenkins.stage;
    stage.out.step(
        9,
        "Alice loses the role, and gets it back",
        "A token is a role on loan. Whoever runs project-a takes Alice out of the Reporters, here by importing this, and \
         the very next request is refused:",
    )?;
    import(stage, &forge::reporters(&[]))?;
    let refused = jenkins.get(&format!("{PLUGIN}/echo"), token)?;
    check::status(&refused, 403)?;
    check::json(&refused, "/error", &json!("role_not_held"))?;
    stage.out.pause()?;
    stage.out.say("A Reporter again, she need not grant anything anew:")?;
    import(stage, &forge::reporters(&["alice"]))?;
    let welcome = jenkins.get(&format!("{PLUGIN}/echo"), token)?;
    check::status(&welcome, 200)?;
    check::json(&welcome, "/role/name", &json!("Reporter"))
}

fn import(stage: &Stage, forge: &Value) -> Result<(), CliError> {
    stage.out.verbatim(&forge.to_string())?;
    stage.import(forge)
}

/// Step 10: the user has the last word.
pub fn revoke(jenkins: &Tool<'_>, alice: &Browser<'_>, token: &Token) -> Result<(), CliError> {
    jenkins.stage.out.step(
        10,
        "Alice takes the token back",
        "Her page lists every tool that acts for her, with its role. One button ends it; Jenkins is not asked.",
    )?;
    let page = alice.open(&format!("{PLUGIN}/access_tokens"))?.page;
    let form = page.form_saying(&["Revoke", "jenkins_a", "project-a/Reporter"]);
    let after = alice.submit(&check::there(form, "a button to revoke the token")?, &[])?.page;
    let gone = after.form_saying(&["Revoke", "project-a/Reporter"]).is_none();
    check::that(gone, "no button to revoke it again", "one")?;
    let refused = jenkins.get(&format!("{PLUGIN}/echo"), token)?;
    check::problem(&refused, 401, "token_revoked")
}

/// A token that works, for whoever wants to try something: what `oauthprovider token issue` does.
pub fn fresh_token(stage: &Stage) -> Result<Token, CliError> {
    let (role, lifetime) = ("project-a/Reporter", Lifetime::UntilRevoked);
    let wanted = Issue { user: "alice", consumer: "jenkins_a", role, lifetime, label: None };
    let by = operator();
    let (_, issued) = stage.store.blocking(|conn| conn.write(|tx| provider::access::issue(tx, &wanted, &by)))?;
    Ok(Token { key: issued.key, secret: issued.secret })
}
