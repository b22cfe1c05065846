//! Steps 2 to 4: request token, consent, access token.

use crate::{
    cli::{
        CliError,
        client::{authorize_url, signing::Token},
        demo::{
            browser::{Browser, Visit},
            check, forge,
            page::Form,
            tool::Tool,
        },
    },
    oauth1::parse_urlencoded,
};

/// Walks the flow for the first time, step by step: the token is bound to Reporter in project-a.
pub fn walk(jenkins: &Tool<'_>, alice: &Browser<'_>) -> Result<Token, CliError> {
    let out = &jenkins.stage.out;
    out.step(
        2,
        "Jenkins A asks for a request token",
        "It signs with its own secret alone, and says where Alice's browser shall be sent back to. The token that it \
         gets opens nothing yet: it is the number of a question to Alice.",
    )?;
    let temporary = jenkins.request_token(forge::CALLBACK)?;
    out.step(
        3,
        "Alice decides",
        "Jenkins sends her browser to the forge. She logs in there, so Jenkins never sees her password, reads who \
         asks, and picks the one role that it may act with.",
    )?;
    let page = consent_page(jenkins, &temporary)?;
    let asked = alice.open(&page)?;
    let consent = alice.log_in(&asked, "alice", forge::password("alice"))?;
    tell_choices(jenkins, &consent)?;
    let verifier = grant(alice, &consent, &temporary, ["Reporter", "Project A"])?;
    out.say("Her browser would now go to Jenkins, with the verifier in the address. (Nobody listens there.)")?;
    out.step(
        4,
        "Jenkins A exchanges the verifier for an access token",
        "The verifier shows that the browser that came back is the one that decided. Signed with both secrets, it is \
         good for one exchange; from now on Alice is not needed any more.",
    )?;
    jenkins.access_token(&temporary, &verifier)
}

/// The same once more, without a word, for another of Alice's roles.
pub fn walk_again(jenkins: &Tool<'_>, alice: &Browser<'_>, role: [&str; 2]) -> Result<Token, CliError> {
    let temporary = jenkins.request_token(forge::CALLBACK)?;
    let consent = alice.open(&consent_page(jenkins, &temporary)?)?;
    let verifier = grant(alice, &consent, &temporary, role)?;
    jenkins.access_token(&temporary, &verifier)
}

/// The consent page as a path of the service.
fn consent_page(jenkins: &Tool<'_>, temporary: &Token) -> Result<String, CliError> {
    let server = &jenkins.stage.server;
    let url = authorize_url(server, &temporary.key);
    check::there(url.strip_prefix(&server.to_string()), "an address of this service").map(str::to_owned)
}

fn tell_choices(jenkins: &Tool<'_>, consent: &Visit) -> Result<(), CliError> {
    let names_it = consent.page.says("jenkins_a") && consent.page.says("files a bug when a build fails");
    check::that(names_it, "a page that says who asks", &consent.page.title())?;
    let form = consent_form(consent)?;
    let labels: Vec<&str> = form.choices("role_id").into_iter().map(|(_, label)| label).collect();
    check::that(labels.len() == 3, "a choice of three roles", &labels.join(", "))?;
    let told = format!("The page says that jenkins_a asks, and offers Alice's roles: {}.", labels.join("; "));
    Ok(jenkins.stage.out.say(&told)?)
}

fn consent_form(consent: &Visit) -> Result<Form, CliError> {
    check::there(consent.page.form_saying(&["Authorize"]), "a form to decide with")
}

/// Picks the role whose label holds these words, authorizes, and gives the verifier that comes back.
fn grant(alice: &Browser<'_>, consent: &Visit, temporary: &Token, role: [&str; 2]) -> Result<String, CliError> {
    let form = consent_form(consent)?;
    let fits = |label: &str| role.iter().all(|word| label.contains(word));
    let choices = form.choices("role_id");
    let wanted = choices.iter().find(|(_, label)| fits(label)).map(|(id, _)| *id);
    let id = check::there(wanted, &format!("the role {}", role.join(" in ")))?;
    let sent_back = alice.submit(&form, &[("role_id", id), ("decision", "authorize")])?;
    let location = check::there(sent_back.outside, "a redirect to the callback")?;
    let (callback, query) = location.split_once('?').unwrap_or((&location, ""));
    check::that(callback == forge::CALLBACK, forge::CALLBACK, callback)?;
    let pairs = parse_urlencoded(query.as_bytes()).unwrap_or_default();
    let find = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let token = check::there(find("oauth_token"), "the request token in the callback's address")?;
    check::that(token == temporary.key, "the request token that was asked for", "another one")?;
    check::there(find("oauth_verifier"), "a verifier in the callback's address")
}
