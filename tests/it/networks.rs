//! From where a consumer may ask: on all legs and with every token, and told to nobody whose signature is wrong.

use oauthprovider::{clock, oauth1::Problem, provider::Error};
use serde_json::{Value, json};

use crate::support::{CALLBACK, Forge, PLUGIN, Program, Tool, element, on_both_databases};

/// Lets Jenkins A ask from here alone.
fn only_from(forge: &Forge, networks: &[&str]) {
    forge.import(&json!({"consumers": [{"name": "jenkins_a", "networks": networks}]}).to_string());
}

fn command(forge: &Forge, arguments: &[&str]) -> Program {
    Program::new(arguments).arg("--database-url").arg(forge.database_url())
}

fn shown(forge: &Forge, consumer: &str) -> Value {
    command(forge, &["consumer", "show", consumer, "--json"]).run().expect(0).json()["networks"].clone()
}

#[track_caller]
fn refused(answer: crate::support::Answer) {
    let refused = answer.expect_problem(401, "consumer_key_rejected");
    assert!(refused.field("oauth_problem_advice").unwrap().contains("address"), "{}", refused.text());
}

on_both_databases! {
    fn hold_on_every_leg_and_on_use_from_the_next_request_on(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let acting = forge.jenkins_a_for_alice();
        let temporary = jenkins.request_token(CALLBACK);
        let verifier = alice.authorize(&temporary, "Reporter/Project A");
        acting.echo().expect(200);

        only_from(&forge, &["192.0.2.0/24", "2001:db8::/32"]);
        let everything = |tool: &Tool| [tool.echo(), tool.get("/api/token"), tool.request("DELETE", "/api/token").send()];
        everything(&acting).into_iter().for_each(refused);
        refused(jenkins.ask(CALLBACK).send());
        refused(jenkins.exchange(&temporary, &verifier).send());
        // Whoever cannot sign learns nothing of it.
        let wrong = acting.request("GET", "/plugins/oauthprovider/echo").tampered("oauth_signature", Some("AAAA"));
        wrong.send().expect_problem(401, "signature_invalid");
        // Others may ask.
        forge.tool("jenkins_b").request_token("oob");

        only_from(&forge, &["192.0.2.0/24", "127.0.0.0/8"]);
        acting.echo().expect(200);
        jenkins.exchange(&temporary, &verifier).send().expect(200);
        only_from(&forge, &["192.0.2.0/24"]);
        refused(acting.echo());
        only_from(&forge, &[]);
        acting.echo().expect(200);
    }

    fn are_registered_shown_and_changed_on_the_command_line(forge: Forge) {
        let add = [
            "consumer", "add", "--name", "buildbot", "--url", "http://ci.example/", "--description", "Builds", "--email",
            "ci@example.org", "--json",
        ];
        let networks = ["--network", "10.0.0.7", "--network", "fd00::/8"];
        command(&forge, &[&add[..], &networks].concat()).run().expect(0);
        assert_eq!(shown(&forge, "buildbot"), json!(["10.0.0.7/32", "fd00::/8"]));
        assert_eq!(shown(&forge, "jenkins_a"), json!([]));
        let set = |arguments: &[&str]| {
            command(&forge, &[&["consumer", "networks", "buildbot", "--json"], arguments].concat())
        };
        let told = set(&["--set", "192.0.2.0/24"]).run().expect(0).json();
        assert_eq!(told, json!({"name": "buildbot", "networks": ["192.0.2.0/24"]}));
        assert!(set(&["--set", "192.0.2.1/24"]).run().complaint().contains("did you mean \"192.0.2.0/24\"?"));
        assert_eq!(set(&[]).run().expect(0).json()["networks"], json!(["192.0.2.0/24"]));
        assert_eq!(set(&["--everywhere"]).run().expect(0).json()["networks"], json!([]));
        set(&["--everywhere", "--set", "10.0.0.7"]).run().expect(2);
        command(&forge, &["consumer", "networks", "nobody"]).run().complaint();
        let listed = command(&forge, &["consumer", "list", "--json"]).run().expect(0).json();
        assert_eq!(listed[0]["networks"], json!([]));
    }

    fn are_changed_on_the_admins_page(forge: Forge) {
        let (admin, acting) = (forge.browser_of("admin"), forge.jenkins_a_for_alice());
        acting.echo().expect(200);
        let page = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
        let path = format!("{page}/edit");
        let post = |networks: &str| admin.edit(&page, &[("networks", networks)]);
        post("192.0.2.0/24\r\n\r\n 10.0.0.7 \r\n").expect(302);
        refused(acting.echo());
        assert_eq!(shown(&forge, "jenkins_a"), json!(["10.0.0.7/32", "192.0.2.0/24"]));
        assert!(admin.get(&page).expect(200).text().contains("<code>192.0.2.0/24</code>"));
        let mistyped = post("192.0.2.0/24\n10.0.0.1/8").expect(422).text();
        assert!(element(&mistyped, "networks-error").is_some() && mistyped.contains("10.0.0.1/8"));
        // A form without the field must not open it to everywhere.
        admin.post(&path, &[("csrf_token", &admin.csrf_token())]).expect(400);
        admin.post(&path, &[("networks", "")]).expect(403);
        let bob = forge.browser_of("bob");
        bob.post(&path, &[("csrf_token", &bob.csrf_token()), ("networks", "")]).expect(403);
        bob.post(&path, &[("csrf_token", &bob.csrf_token()), ("networks", "nonsense")]).expect(403);
        refused(acting.echo());
        post("").expect(302);
        acting.echo().expect(200);
    }

    fn an_import_that_does_not_speak_of_them_leaves_them_and_a_second_one_changes_nothing(forge: Forge) {
        only_from(&forge, &["10.0.0.0/8", "192.0.2.0/24"]);
        let before = forge.database().dump();
        only_from(&forge, &["192.0.2.0/24", "10.0.0.0/8"]);
        forge.import(r#"{"consumers": [{"name": "jenkins_a"}]}"#);
        assert_eq!(forge.database().dump(), before);
    }

    /// A request that came from nowhere in particular, as a transport without addresses has it.
    fn an_address_that_is_not_known_lies_outside(forge: Forge) {
        let acting = forge.jenkins_a_for_alice();
        let now = clock::now();
        let ask = || {
            let request = acting.request("GET", "/plugins/oauthprovider/echo").signed().read();
            forge.authenticate(&request, now).map(drop)
        };
        ask().unwrap_or_else(|error| panic!("{error}"));
        only_from(&forge, &["0.0.0.0/0", "::/0"]);
        assert!(matches!(ask(), Err(Error::Problem(Problem::ConsumerElsewhere))));
    }
}

mod in_a_service_of_its_own {
    use super::{only_from, refused};
    use crate::support::{Database, Forge, on_each_database};

    on_each_database! {
        fn are_those_of_the_client_behind_a_trusted_proxy(kind: Database) {
            let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
            let acting = forge.jenkins_a_for_alice();
            only_from(&forge, &["192.0.2.0/24"]);
            let from = |address: &str| {
                acting.request("GET", "/plugins/oauthprovider/echo").header("X-Forwarded-For", address).send()
            };
            from("192.0.2.7").expect(200);
            from("192.0.2.7, 198.51.100.1").expect_problem(401, "consumer_key_rejected");
            refused(from("198.51.100.1"));
            refused(acting.echo());
            // And where the proxy is not trusted, what it says is nothing.
            let plain = forge.another_instance();
            let said = acting.at(&plain.base).request("GET", "/plugins/oauthprovider/echo");
            refused(said.header("X-Forwarded-For", "192.0.2.7").send());
        }

        /// The table emptied as a whole, where a database can: who was refused before is let in.
        fn that_are_taken_away_by_hand_hold_no_more(kind: Database) {
            let forge = Forge::on(kind);
            let acting = forge.jenkins_a_for_alice();
            acting.echo().expect(200);
            only_from(&forge, &["192.0.2.0/24"]);
            for _ in 0..8 {
                refused(acting.echo());
            }
            forge.sql(match kind {
                Database::Sqlite => "DELETE FROM consumer_networks",
                Database::Postgres => "TRUNCATE consumer_networks",
            });
            acting.echo().expect(200);
        }
    }
}
