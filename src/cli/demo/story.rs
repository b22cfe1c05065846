//! The story, in its order: Alice belongs to project-a and project-b, Jenkins A builds the one and Jenkins B the other,
//! and each may do as much as one of her roles.

mod ending;
mod flow;
mod registration;
mod work;

use super::{browser::Browser, forge, stage::Stage};
use crate::{
    cli::{
        CliError,
        client::signing::{Consumer, Token},
    },
    secret::Secret,
};

/// What is left when the story is told: credentials that work.
pub struct Ending {
    /// Jenkins A's key.
    pub consumer_key: String,
    /// Jenkins A's secret.
    pub consumer_secret: Secret,
    /// A token of Alice's for it.
    pub token: Token,
}

/// Plays the whole story.
///
/// # Errors
/// The first thing that was not as it should be.
pub fn play(stage: &Stage) -> Result<Ending, CliError> {
    stage.out.say(&format!("A forge of its own listens on {}, in a throw-away database.", stage.server))?;
    stage.out.say(
        "Alice is a Reporter and a Developer in project-a, and the Manager of project-b. Two build servers want to file \
         bugs in her name: Jenkins A for project-a, Jenkins B for project-b. None of them is to have her password, \
         nor more than one of her roles.",
    )?;
    stage.import(&forge::whole())?;
    let (jenkins_a, jenkins_b) = registration::register(stage)?;
    let alice = Browser::new(stage, "Alice's browser");
    let token = flow::walk(&jenkins_a, &alice)?;
    let filed = work::file_bugs(&jenkins_a, &token)?;
    work::ask_who(&jenkins_a, &token)?;
    work::meet_limits((&jenkins_a, &jenkins_b), &alice, &token, &filed)?;
    work::replay(&jenkins_a, &token, &filed)?;
    ending::lose_role(&jenkins_a, &token)?;
    ending::revoke(&jenkins_a, &alice, &token)?;
    let token = ending::fresh_token(stage)?;
    let Consumer { key, secret, .. } = jenkins_a.consumer;
    Ok(Ending { consumer_key: key, consumer_secret: secret, token })
}
