//! Step 1: a forge admin registers the build servers.

use crate::{
    cli::{
        CliError,
        client::signing::Consumer,
        demo::{
            browser::{Browser, Visit},
            check, forge,
            stage::Stage,
            tool::Tool,
        },
    },
    oauth1::SignatureMethod,
    secret::Secret,
    web::PLUGIN,
};

/// A build server, as the admin types it in.
struct Registration {
    name: &'static str,
    title: &'static str,
    url: &'static str,
    description: &'static str,
    callback: &'static str,
}

const JENKINS_A: Registration = Registration {
    name: "jenkins_a",
    title: "Jenkins A",
    url: "http://ci-a.example/",
    description: "Builds project A, and files a bug when a build fails",
    callback: forge::CALLBACK,
};

const JENKINS_B: Registration = Registration {
    name: "jenkins_b",
    title: "Jenkins B",
    url: "http://ci-b.example/",
    description: "Builds project B",
    callback: "http://127.0.0.1:9/jenkins-b/callback",
};

/// Registers both; gives Jenkins A and Jenkins B.
pub fn register(stage: &Stage) -> Result<(Tool<'_>, Tool<'_>), CliError> {
    stage.out.step(
        1,
        "A forge admin registers two build servers",
        "A tool has to be known before it may ask anybody for anything. It gets a key, which names it, and a secret, \
         with which it signs. The admin logs in first, with a password and a session cookie, like everybody at the \
         pages.",
    )?;
    let browser = Browser::new(stage, "the admin's browser");
    let asked = browser.open(&format!("{PLUGIN}/consumers"))?;
    let list = browser.log_in(&asked, "admin", forge::password("admin"))?;
    check::that(list.page.title() == "Tools", "the list of tools", &list.page.title())?;
    let jenkins_a = one(stage, &browser, &JENKINS_A)?;
    let jenkins_b = one(stage, &browser, &JENKINS_B)?;
    Ok((jenkins_a, jenkins_b))
}

fn one<'a>(stage: &'a Stage, browser: &Browser<'_>, tool: &Registration) -> Result<Tool<'a>, CliError> {
    let empty = browser.open(&format!("{PLUGIN}/consumers/new"))?;
    let form = check::there(empty.page.form_to(&format!("{PLUGIN}/consumers")), "a form to register a tool")?;
    let typed = [
        ("name", tool.name),
        ("url", tool.url),
        ("description", tool.description),
        ("email", "ci@example.org"),
        ("callbacks", tool.callback),
    ];
    let created = browser.submit(&form, &typed)?;
    let (key, secret) = credentials(&created)?;
    stage.out.say("This page shows the secret, the only time that anybody sees it:")?;
    stage.out.credentials(&key, &secret)?;
    Ok(Tool {
        title: tool.title,
        consumer: Consumer { key, secret: Secret::new(secret), method: SignatureMethod::HmacSha1 },
        stage,
    })
}

fn credentials(created: &Visit) -> Result<(String, String), CliError> {
    let key = check::there(created.page.text_of("consumer_key"), "the consumer's key on the page")?;
    let secret = check::there(created.page.text_of("consumer_secret"), "the consumer's secret on the page")?;
    check::that(!key.is_empty() && !secret.is_empty(), "a key and a secret", "nothing")?;
    Ok((key, secret))
}
