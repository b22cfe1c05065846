//! Somebody at a browser: keeps cookies, reads forms, presses buttons.

use super::{Answer, Call, PASSWORD, Token, tool::query_of};

/// A browser at one service.
#[derive(Clone)]
pub struct Browser {
    pub base: String,
    pub cookie: Option<String>,
}

/// The consent page of one request, read.
pub struct Consent {
    pub page: Answer,
    /// Number and label of each role that can be chosen.
    pub roles: Vec<(String, String)>,
    pub csrf_token: String,
    pub oauth_token: String,
}

impl Browser {
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), cookie: None }
    }

    /// A request with the cookies of this browser.
    pub fn request(&self, method: &str, path: &str) -> Call {
        let call = Call::new(method, &format!("{}{path}", self.base));
        match &self.cookie {
            Some(cookie) => call.header("Cookie", cookie),
            None => call,
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.request("POST", path).form(form).send()
    }

    /// Logs in by the form, and keeps the cookie.
    #[track_caller]
    pub fn log_in(&mut self, user: &str) -> Answer {
        let answer = self.post("/login", &[("username", user), ("password", PASSWORD), ("next", "/")]).expect(302);
        let cookie = answer.header("Set-Cookie").unwrap();
        self.cookie = cookie.split(';').next().map(str::to_owned);
        answer
    }

    /// The token that the forms of this session bring back, read from one of its pages.
    pub fn csrf_token(&self) -> String {
        self.get("/plugins/oauthprovider/access_tokens").expect(200).csrf_token()
    }

    /// Opens the consent page of a request token.
    #[track_caller]
    pub fn consent(&self, token: &Token) -> Consent {
        let path = format!("/plugins/oauthprovider/authorize?oauth_token={}", token.key);
        let page = self.get(&path).expect(200);
        let text = page.text();
        Consent {
            roles: radios(&text),
            csrf_token: page.csrf_token(),
            oauth_token: hidden(&text, "oauth_token").unwrap(),
            page,
        }
    }

    /// Decides as the page offers it; `role` is looked for among the labels.
    #[track_caller]
    pub fn decide(&self, token: &Token, role: &str, decision: &str) -> Answer {
        let consent = self.consent(token);
        let role_id = consent.role(role);
        self.post(
            "/plugins/oauthprovider/authorize",
            &[
                ("oauth_token", &consent.oauth_token),
                ("csrf_token", &consent.csrf_token),
                ("role_id", &role_id),
                ("decision", decision),
            ],
        )
    }

    /// Authorizes, and gives the verifier that the callback is sent.
    #[track_caller]
    pub fn authorize(&self, token: &Token, role: &str) -> String {
        let answer = self.decide(token, role, "authorize").expect(302);
        let location = answer.header("Location").unwrap();
        assert_eq!(query_of(location, "oauth_token").as_deref(), Some(token.key.as_str()));
        answer.verifier_brought()
    }

    /// Changes a tool by the admin's form: what the form holds, but for these fields.
    pub fn edit(&self, page_of_tool: &str, changes: &[(&str, &str)]) -> Answer {
        let path = format!("{page_of_tool}/edit");
        let mut fields = fields(&self.get(&path).expect(200).text());
        for (name, value) in changes {
            let field = fields.iter_mut().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no field {name}"));
            field.1 = (*value).to_owned();
        }
        let form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&path, &form)
    }

    /// Registers a tool under this name by the admin's form.
    pub fn register(&self, name: &str) -> Answer {
        let form = [
            ("csrf_token", self.csrf_token().as_str()),
            ("name", name),
            ("url", "http://ci.example/"),
            ("description", "Builds"),
            ("email", "ci@example.org"),
            ("callbacks", "http://127.0.0.1:9/callback\r\n\r\n  https://ci.example/ready \r\n"),
            ("public_key", ""),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post("/plugins/oauthprovider/consumers", &form)
    }
}

impl Answer {
    /// The verifier on the page that shows it to a user whose tool is not called back.
    #[track_caller]
    pub fn verifier(&self) -> String {
        self.element("oauth_verifier")
    }

    /// The verifier with which a browser is sent back to the tool.
    #[track_caller]
    pub fn verifier_brought(&self) -> String {
        self.header("Location").and_then(|location| query_of(location, "oauth_verifier")).unwrap()
    }

    /// Key and secret on the page that shows them to who registered a tool.
    #[track_caller]
    pub fn credentials(&self) -> (String, String) {
        (self.element("consumer_key"), self.element("consumer_secret"))
    }

    /// The token that a page's forms bring back.
    #[track_caller]
    fn csrf_token(&self) -> String {
        hidden(&self.text(), "csrf_token").unwrap()
    }

    #[track_caller]
    fn element(&self, id: &str) -> String {
        element(&self.text(), id).unwrap_or_else(|| panic!("no {id} in {}", self.text()))
    }
}

impl Consent {
    /// The number of the role whose label holds every word of `words`.
    #[track_caller]
    pub fn role(&self, words: &str) -> String {
        let fits = |label: &String| words.split('/').all(|word| label.contains(word));
        let found: Vec<_> = self.roles.iter().filter(|(_, label)| fits(label)).collect();
        assert_eq!(found.len(), 1, "{words} among {:?}", self.roles);
        found[0].0.clone()
    }
}

/// What the element of this id says.
pub fn element(html: &str, id: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("id=\"{id}\""))?;
    Some(text_of(rest.split_once('>')?.1.split("</").next()?))
}

/// A page without its times, which are told by how far they are away.
pub fn timeless(html: &str) -> String {
    let rest = |piece: &str| piece.split_once("</time>").map_or(piece, |(_, rest)| rest).to_owned();
    html.split("<time ").map(rest).collect()
}

/// The cells of a page's table under a heading, top to bottom.
pub fn cells(html: &str, heading: &str) -> Vec<String> {
    let marker = format!("data-label=\"{heading}\"");
    let cells = html.split(&marker).skip(1).map(|rest| rest.split_once('>').unwrap().1);
    cells.map(|cell| text_of(cell.split("</td>").next().unwrap()).trim().to_owned()).collect()
}

/// The value of a hidden input.
pub fn hidden(html: &str, name: &str) -> Option<String> {
    inputs(html).find(|input| attribute(input, "name").as_deref() == Some(name)).and_then(|i| attribute(i, "value"))
}

/// What the form in a page's middle holds that is typed in: names and values.
fn fields(html: &str) -> Vec<(String, String)> {
    let form = html.split("<form class=\"card\"").nth(1).unwrap().split("</form>").next().unwrap();
    let lines = inputs(form).map(|input| (attribute(input, "name").unwrap(), attribute(input, "value").unwrap()));
    let areas = form.split("<textarea").skip(1).map(|rest| {
        let (tag, rest) = rest.split_once('>').unwrap();
        (attribute(tag, "name").unwrap(), unescape(rest.split("</textarea>").next().unwrap()))
    });
    lines.chain(areas).collect()
}

/// Number and label of each radio button.
fn radios(html: &str) -> Vec<(String, String)> {
    let radios = inputs(html).filter(|input| attribute(input, "type").as_deref() == Some("radio"));
    radios
        .map(|input| {
            let id = attribute(input, "id").unwrap();
            let marker = format!("for=\"{id}\"");
            let label = html.split(&marker).nth(1).unwrap().split_once('>').unwrap().1;
            (attribute(input, "value").unwrap(), text_of(label.split("</label>").next().unwrap()))
        })
        .collect()
}

fn inputs(html: &str) -> impl Iterator<Item = &str> {
    html.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap_or_default())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(unescape(value))
}

/// The text between tags.
pub fn text_of(html: &str) -> String {
    let pieces = html.split('<').enumerate().map(|(index, piece)| match index {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, text)| text),
    });
    unescape(&pieces.collect::<String>())
}

pub(super) fn unescape(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/")];
    let text = entities.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
    text.replace("&amp;", "&")
}
