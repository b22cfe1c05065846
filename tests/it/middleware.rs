//! The middleware as a library: in a service of one's own, with another plugin, and among other middleware.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use actix_web::{
    App, HttpResponse,
    http::header::HeaderName,
    middleware::DefaultHeaders,
    test::{TestRequest, call_service, init_service, read_body},
    web::{self, Bytes},
};
use oauthprovider::{
    forge::{Acting, Caller, Grants, Identity, Object, Right, Through, may},
    ids::{ConsumerId, RoleId, UserId},
    store::{Section, roles::Setting},
    web::{
        AuthPlugin, Failure, PublicUrls,
        auth::{OauthProvider, Presented, Verdict},
        session_for_authplugin,
    },
};

use crate::support::{Call, Database, Forge, Program, on_both_databases};

on_both_databases! {
    /// The example in `examples/`, as a process on the forge's own database.
    fn a_service_of_ones_own_lets_in_what_a_tokens_role_lets_in(forge: Forge) {
        let service = Program::example("protect_your_own", &[forge.database_url(), "127.0.0.1:0"]).serve();
        let jenkins = forge.jenkins_a().at(&service.base);
        let with = |role: &str| jenkins.with(&forge.token("alice", "jenkins_a", role));
        let path = "/deploy/project-a/bugs?x=%2520";
        let body = "{\"build\": 7}";
        let technician = with("project-a/Technician");
        let done = technician.request("POST", path).json(body).send().expect(200);
        assert_eq!(done.text(), format!("alice deploys {} bytes: {body}", body.len()));
        let form = technician.request("POST", path).form("a=b&c=%2520+d").send().expect(200);
        assert_eq!(form.text(), "alice deploys 13 bytes: a=b&c=%2520+d");
        let large = "x".repeat(200 * 1024);
        assert!(technician.request("POST", path).json(&large).send().expect(200).text().ends_with(&large));
        technician.request("POST", path).json(&"x".repeat(256 * 1024 + 1)).send().expect(413);

        with("project-a/Reporter").request("POST", path).json(body).send().expect(403);
        with("project-b/Manager").request("POST", path).json(body).send().expect(404);
        let unsigned = Call::new("POST", &format!("{}{path}", service.base)).body("application/json", body).send();
        let unsigned = unsigned.expect_problem(401, "parameter_absent");
        assert!(unsigned.header("WWW-Authenticate").unwrap().starts_with("OAuth realm=\"deployments\""));
        let tampered = technician.request("POST", path).json(body).tampered("oauth_nonce", Some("other")).send();
        tampered.expect_problem(401, "signature_invalid");
        // A nonce that one service has seen is used up for the other, and a token revoked there is revoked here.
        let once = technician.request("POST", path).json(body).nonce("once");
        once.send().expect(200);
        once.send().expect_problem(401, "nonce_used");
        let key = &technician.token.as_ref().unwrap().key;
        forge.database().execute(&format!("UPDATE access_tokens SET revoked = created WHERE key = '{key}'"));
        technician.request("POST", path).json(body).send().expect_problem(401, "token_revoked");
    }
}

/// A plugin by somebody else: a badge in a header says who acts. It counts how often it is asked.
#[derive(Clone, Default)]
struct Badge {
    name: &'static str,
    asked: Arc<AtomicUsize>,
}

impl Badge {
    fn in_header(name: &'static str) -> Self {
        Self { name, asked: Arc::default() }
    }

    fn times_asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl AuthPlugin for Badge {
    async fn authenticate(&self, request: &Presented<'_>) -> Verdict {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match request.head.headers().get(self.name).map(|value| value.as_bytes()) {
            None => Verdict::NotMine,
            Some(b"forged") => Verdict::Reject(Failure::Forbidden("This badge is forged.")),
            Some(badge) => Verdict::Accept(visitor(&String::from_utf8_lossy(badge))),
        }
    }

    fn looks_at(&self) -> HeaderName {
        HeaderName::from_static(self.name)
    }

    fn largest_body(&self) -> usize {
        20
    }
}

/// Somebody whose one role administers the forge.
fn visitor(name: &str) -> Caller {
    let user = Identity { id: UserId(7), name: name.to_owned(), realname: String::new(), email: String::new() };
    let through = Through { id: ConsumerId(1), name: "badge".to_owned(), key: "badge".to_owned(), token: None };
    let acting = Acting::AsRole { id: RoleId(1), name: "Visitor".to_owned(), project: None, through };
    let admin = Setting { section: Section::ForgeAdmin, ref_id: -1, value: 1 };
    Caller::as_role(user, acting, Grants::new([admin]))
}

async fn who(caller: Option<Caller>, body: Bytes) -> HttpResponse {
    let name = caller.as_ref().map_or("nobody", |caller| &caller.user().name);
    let runs = caller.as_ref().is_some_and(|caller| may(caller, Right::AdministerForge, Object::Forge));
    HttpResponse::Ok().body(format!("{name} {runs} {}", String::from_utf8_lossy(&body)))
}

async fn somebody(caller: Caller) -> String {
    caller.user().name.clone()
}

/// What a request with these headers and this body is answered: status, text, and the headers that are looked at.
fn ask(
    inner: &Badge,
    outer: &Badge,
    path: &str,
    headers: &[(&'static str, &'static str)],
    body: &'static str,
) -> (u16, String, String) {
    let (inner, outer) = (inner.clone(), outer.clone());
    actix_web::rt::System::new().block_on(async move {
        // What is wrapped last is met first.
        let app = App::new().service(
            web::scope("/guarded")
                .wrap(session_for_authplugin(inner))
                .wrap(session_for_authplugin(outer))
                .wrap(DefaultHeaders::new().add(("X-Outer", "kept")))
                .route("/who", web::post().to(who))
                .route("/somebody", web::post().to(somebody)),
        );
        let service = init_service(app).await;
        let mut request = TestRequest::post().uri(path).set_payload(body);
        for header in headers {
            request = request.append_header(*header);
        }
        let answer = call_service(&service, request.to_request()).await;
        let header = |name: &str| {
            let values = answer.headers().get_all(name).map(|value| value.to_str().unwrap());
            values.collect::<Vec<_>>().join(",")
        };
        let headers = format!("{}; {}; {}", header("x-outer"), header("cache-control"), header("vary"));
        (answer.status().as_u16(), String::from_utf8(read_body(answer).await.to_vec()).unwrap(), headers)
    })
}

#[test]
fn another_plugin_says_who_acts_and_the_body_is_handed_on_unread() {
    let (inner, outer) = (Badge::in_header("x-inner"), Badge::in_header("x-badge"));
    for (headers, body, expected) in [
        (&[("x-badge", "eve")][..], "a body", "eve true a body"),
        (&[], "a body", "nobody false a body"),
        (&[("x-inner", "eve")], "", "eve true "),
    ] {
        let (status, text, headers) = ask(&inner, &outer, "/guarded/who", headers, body);
        assert_eq!((status, text.as_str()), (200, expected));
        assert_eq!(headers, "kept; no-store; x-inner,x-badge");
    }
    assert_eq!((inner.times_asked(), outer.times_asked()), (3, 3));
    assert_eq!(
        ask(&inner, &outer, "/guarded/somebody", &[], "").0,
        401,
        "a handler that needs a caller refuses nobody"
    );
    assert_eq!(ask(&inner, &outer, "/guarded/who", &[], "twenty-one bytes long").0, 413, "the plugin's own limit");
}

/// Pitfall 28: whoever claims to be somebody and is refused is nobody else either.
#[test]
fn pitfall_28_a_refusal_never_falls_through_and_outer_headers_survive_it() {
    let (inner, outer) = (Badge::in_header("x-inner"), Badge::in_header("x-badge"));
    let headers = [("x-badge", "forged"), ("x-inner", "eve")];
    let (status, text, kept) = ask(&inner, &outer, "/guarded/who", &headers, "");
    assert_eq!(status, 403);
    assert!(text.contains("forged") && !text.contains("eve"), "{text}");
    assert_eq!(kept, "kept; no-store; x-badge", "what stands further out adds to the refusal");
    assert_eq!((inner.times_asked(), outer.times_asked()), (0, 1), "the other plugin was not asked");
    let headers = [("x-badge", "eve"), ("x-inner", "forged")];
    let (status, text, kept) = ask(&inner, &outer, "/guarded/who", &headers, "");
    assert!(status == 403 && !text.contains("eve"), "{status} {text}");
    assert_eq!(kept, "kept; no-store; x-inner,x-badge");
}

/// `required` decides who refuses an unsigned request: the plugin, or the handler that needs a caller.
#[test]
fn an_unsigned_request_is_refused_by_the_plugin_or_left_to_the_handler() {
    let forge = Forge::on(Database::Sqlite);
    for (required, path, expected) in
        [(true, "/who", 401), (true, "/somebody", 401), (false, "/who", 200), (false, "/somebody", 401)]
    {
        let urls = PublicUrls::parse(["http://127.0.0.1:1"]).unwrap();
        let plugin = OauthProvider::new(forge.store().clone(), urls, "mine");
        let plugin = if required { plugin } else { plugin.or_anonymous() };
        let (status, challenge) = actix_web::rt::System::new().block_on(async move {
            let app = App::new().service(
                web::scope("")
                    .wrap(session_for_authplugin(plugin))
                    .route("/who", web::post().to(who))
                    .route("/somebody", web::post().to(somebody)),
            );
            let service = init_service(app).await;
            let request = TestRequest::post().uri(path).append_header(("Authorization", "Basic YTpi"));
            let answer = call_service(&service, request.to_request()).await;
            let challenge = answer.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
            (answer.status().as_u16(), challenge.unwrap_or_default())
        });
        assert_eq!(status, expected, "{required} {path}");
        assert_eq!(challenge.starts_with("OAuth realm=\"mine\""), status == 401, "{required} {path}: {challenge}");
    }
}
