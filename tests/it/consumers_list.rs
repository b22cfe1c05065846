//! The list of tools: its pages, what is looked for in it, and which tools it is narrowed to.

use oauthprovider::clock;

use crate::support::{Browser, Forge, PLUGIN, encoded, on_both_databases, text_of};

/// The names on a page of the list.
fn names(browser: &Browser, query: &str) -> Vec<String> {
    let html = browser.get(&format!("{PLUGIN}/consumers{query}")).expect(200).text();
    html.split("<th scope=\"row\">").skip(1).map(|row| text_of(row.split("</th>").next().unwrap())).collect()
}

/// The address behind the words of a link, if it is there.
fn link(html: &str, words: &str) -> Option<String> {
    let (before, _) = html.split_once(&format!(">{words}<"))?;
    Some(text_of(before.rsplit_once("href=\"")?.1.split('"').next()?))
}

/// Tools that are like each other but for their names.
fn register(forge: &Forge, names: impl Iterator<Item = String>) {
    let of = |name: String| serde_json::json!({"name": name, "url": "http://many.example/", "description": "One of many", "email": "a@b.example"});
    forge.import(&serde_json::json!({"consumers": names.map(of).collect::<Vec<_>>()}).to_string());
}

on_both_databases! {
    fn goes_on_page_by_page_and_leaves_nobody_out(forge: Forge) {
        register(&forge, (0..60).map(|number| format!("tool{number:02}")));
        let admin = forge.browser_of("admin");
        let (mut path, mut found) = (format!("{PLUGIN}/consumers"), Vec::new());
        for length in [25, 25, 12] {
            let html = admin.get(&path).expect(200).text();
            let page = names(&admin, path.strip_prefix(&format!("{PLUGIN}/consumers")).unwrap());
            assert_eq!((page.len(), html.contains("Back to the first page")), (length, !found.is_empty()));
            found.extend(page);
            path = link(&html, "Next page").unwrap_or_default();
        }
        assert_eq!(path, "");
        let all: Vec<String> = ["jenkins_a", "jenkins_b"].map(str::to_owned).into_iter().chain((0..60).map(|number| format!("tool{number:02}"))).collect();
        assert_eq!(found, all);
        // What is looked for goes along.
        let html = admin.get(&format!("{PLUGIN}/consumers?words=many")).expect(200).text();
        let second = link(&html, "Next page").unwrap();
        assert_eq!(names(&admin, second.strip_prefix(&format!("{PLUGIN}/consumers")).unwrap())[0], "tool25");
    }

    fn is_searched_by_the_beginnings_of_words_in_name_description_and_host(forge: Forge) {
        let admin = forge.browser_of("admin");
        for (words, expected) in [
            ("jenkins", vec!["jenkins_a", "jenkins_b"]),
            ("JENKINS_A", vec!["jenkins_a"]),
            ("ci-b.ex", vec!["jenkins_b"]),
            ("builds project", vec!["jenkins_a", "jenkins_b"]),
            ("ci-b buil", vec!["jenkins_b"]),
            ("enkins", vec![]),
            ("ci-a jenkins_b", vec![]),
            ("%", vec![]),
            ("_", vec![]),
            ("'\"><x>", vec![]),
        ] {
            let query = format!("?words={}", encoded(words));
            assert_eq!(names(&admin, &query), expected, "{words}");
        }
        let none = admin.get(&format!("{PLUGIN}/consumers?words=nothing+of+that")).expect(200).text();
        assert!(none.contains("No tool fits") && none.contains("value=\"nothing of that\""), "{none}");
        // A change is found from then on, and what was there before is not.
        let page = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
        admin.edit(&page, &[("description", "Misst täglich")]).expect(302);
        assert_eq!((names(&admin, "?words=T%C3%84G"), names(&admin, "?words=builds")), (vec!["jenkins_a".to_owned()], vec!["jenkins_b".to_owned()]));
        // And who was removed is not found at all.
        admin.post(&format!("{page}/remove"), &[("csrf_token", &admin.csrf_token())]).expect(302);
        assert_eq!(names(&admin, "?words=misst"), [""; 0]);
    }

    fn tools_that_were_there_before_their_words_were_kept_are_found(forge: Forge) {
        forge.database().take_back_from("2026-11-22-000010_calls");
        forge.store().migrate().unwrap();
        assert_eq!(names(&forge.browser_of("admin"), "?words=builds"), ["jenkins_a", "jenkins_b"]);
    }

    fn is_narrowed_by_state(forge: Forge) {
        let admin = forge.browser_of("admin");
        forge.jenkins_a_for_alice().echo().expect(200);
        forge.sql("UPDATE consumers SET enabled = FALSE WHERE name = 'jenkins_b'");
        assert_eq!(names(&admin, "?state=enabled"), ["jenkins_a"]);
        assert_eq!(names(&admin, "?state=disabled"), ["jenkins_b"]);
        assert_eq!(names(&admin, "?state=unused"), ["jenkins_b"]);
        assert_eq!(names(&admin, "?state=enabled&words=jenkins_b"), [""; 0]);
        assert_eq!(names(&admin, "?state=nonsense"), ["jenkins_a", "jenkins_b"]);
        // What it asked a month ago counts no more.
        let day = clock::now() / 86_400;
        forge.sql(&format!("UPDATE consumer_calls SET day = {}", day - 30));
        assert_eq!(names(&admin, "?state=unused"), ["jenkins_a", "jenkins_b"]);
    }

    fn says_how_much_each_tool_asked(forge: Forge) {
        let (admin, acting) = (forge.browser_of("admin"), forge.jenkins_a_for_alice());
        acting.echo().expect(200);
        acting.echo().expect(200);
        acting.request("GET", "/plugins/oauthprovider/echo").tampered("oauth_signature", Some("AAAA")).send().expect(401);
        let html = admin.get(&format!("{PLUGIN}/consumers")).expect(200).text();
        assert!(html.contains("aria-label=\"2 calls in 30 days, at most 2 in one\""), "{html}");
        assert!(html.contains("aria-label=\"No call in 30 days\""), "{html}");
        let line = html.split("<svg class=\"spark\"").nth(1).unwrap().split("</svg>").next().unwrap();
        assert!(line.len() < 400, "{line}");
        let id = forge.consumer_id("jenkins_a");
        let page = admin.get(&format!("{PLUGIN}/consumers/{id}")).expect(200).text();
        for words in ["2 accepted", "1 refused", "<code>signature_invalid</code>", "The highest bar is 3 in one day."] {
            assert!(page.contains(words), "{words} in {page}");
        }
        let quiet = admin.get(&format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_b"))).expect(200).text();
        assert!(quiet.contains("No call yet."), "{quiet}");
    }
}
