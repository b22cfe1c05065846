//! What requests say, grouped by what other providers got wrong.

mod values;

use super::*;
use crate::oauth1::header;

/// The five required parameters as a query or form body.
const SIGNED: &str = "oauth_consumer_key=k&oauth_signature_method=HMAC-SHA1&oauth_signature=AAAA&oauth_timestamp=137131201&oauth_nonce=n";

/// A request in the making.
#[derive(Clone)]
struct Sent {
    method: &'static str,
    path: String,
    query: Option<String>,
    headers: Vec<String>,
    form: Option<String>,
    body: Vec<u8>,
}

fn sent() -> Sent {
    Sent { method: "GET", path: "/p".to_owned(), query: None, headers: vec![], form: None, body: vec![] }
}

impl Sent {
    fn path(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    fn query(self, query: &str) -> Self {
        Self { query: Some(query.to_owned()), ..self }
    }

    fn header(mut self, header: &str) -> Self {
        self.headers.push(header.to_owned());
        self
    }

    fn form(self, form: &str) -> Self {
        Self { form: Some(form.to_owned()), method: "POST", ..self }
    }

    fn body(self, body: &[u8]) -> Self {
        Self { body: body.to_vec(), ..self }
    }

    fn read(&self) -> Result<SignedRequest, Problem> {
        SignedRequest::read(&RawRequest {
            method: self.method,
            origin: &Origin::parse("http://forge.example").unwrap(),
            path: &self.path,
            query: self.query.as_deref(),
            authorization: self.headers.iter().map(String::as_bytes).collect(),
            is_form: self.form.is_some(),
            body: self.form.as_ref().map_or(self.body.as_slice(), String::as_bytes),
        })
    }

    /// The names that a refusal as malformed gives; panics on any other outcome.
    fn rejected(&self) -> Vec<String> {
        match self.read() {
            Err(Problem::ParameterRejected { names, advice }) => {
                assert!(advice.is_some());
                names
            }
            other => panic!("{other:?}"),
        }
    }

    fn problem(&self) -> Problem {
        self.read().unwrap_err()
    }
}

/// A form-encoded list of parameters as an `Authorization` header.
fn as_header(form: &str) -> String {
    header::write(Some("forge"), &super::super::parse_urlencoded(form.as_bytes()).unwrap())
}

/// [`SIGNED`] with one parameter replaced, or left out where there is no value.
fn signed_with(name: &str, value: Option<&str>) -> String {
    let mut pieces = SIGNED.split('&').filter(|piece| !piece.starts_with(&format!("{name}="))).collect::<Vec<_>>();
    let replaced = value.map(|value| format!("{name}={value}"));
    pieces.extend(replaced.as_deref());
    pieces.join("&")
}

mod pitfall_03 {
    use super::*;

    #[test]
    fn a_callback_with_a_doubly_encoded_blank_signs_the_same_in_header_body_and_query() {
        let all = format!("{SIGNED}&oauth_callback=http%3A%2F%2Fci.example%2F%3Fa%3D%252520%252B");
        let in_header = Sent { method: "POST", ..sent() }.header(&as_header(&all)).read().unwrap();
        let in_body = sent().form(&all).read().unwrap();
        let in_query = Sent { method: "POST", ..sent() }.query(&all).read().unwrap();
        for request in [&in_header, &in_body, &in_query] {
            assert_eq!(request.callback(), Some("http://ci.example/?a=%2520%2B"));
            assert_eq!(request.base_string(), in_header.base_string());
        }
        assert!(
            in_header
                .base_string()
                .contains("oauth_callback%3Dhttp%253A%252F%252Fci.example%252F%253Fa%253D%25252520%25252B")
        );
    }

    #[test]
    fn a_plus_is_a_blank_in_query_and_body_and_a_plus_in_the_header() {
        let header = "OAuth oauth_consumer_key=a+b,oauth_signature_method=HMAC-SHA1,oauth_signature=x,oauth_timestamp=1,oauth_nonce=n";
        assert_eq!(sent().header(header).read().unwrap().consumer_key(), "a+b");
        let form = signed_with("oauth_consumer_key", Some("a+b"));
        assert_eq!(sent().query(&form).read().unwrap().consumer_key(), "a b");
        assert_eq!(sent().form(&form).read().unwrap().consumer_key(), "a b");
    }
}

mod pitfall_04 {
    use super::*;

    #[test]
    fn the_path_is_signed_as_it_stands_on_the_wire() {
        let request = sent().path("/echo/a%2fb%20c/../~é").query(SIGNED).read().unwrap();
        assert!(
            request.base_string().starts_with("GET&http%3A%2F%2Fforge.example%2Fecho%2Fa%252fb%2520c%2F..%2F~%C3%A9&")
        );
        let empty = sent().path("").query(SIGNED).read().unwrap();
        assert!(empty.base_string().starts_with("GET&http%3A%2F%2Fforge.example%2F&"));
    }
}

mod pitfall_05 {
    use super::*;

    #[test]
    fn realm_in_the_header_is_not_signed_and_realm_in_the_query_is() {
        let header = as_header(SIGNED);
        let request = sent().header(&header).query("realm=x").read().unwrap();
        assert!(request.base_string().ends_with("%26realm%3Dx"));
        assert!(!request.base_string().contains("realm%3Dforge"));
        assert_eq!(request.parameters(), [("realm".to_owned(), "x".to_owned())]);
    }

    #[test]
    fn other_parameters_in_the_header_are_signed_and_are_not_the_applications() {
        let request = sent().header(&format!("{}, a=\"b\"", as_header(SIGNED))).read().unwrap();
        assert!(request.base_string().contains("&a%3Db%26oauth_consumer_key"));
        assert_eq!(request.parameters(), []);
    }

    #[test]
    fn basic_and_bearer_headers_are_not_looked_at() {
        let header = as_header(SIGNED);
        let request = sent().header("Basic =\"%zz").header(&header).header("Bearer x").read().unwrap();
        assert_eq!(request.base_string(), sent().header(&header).read().unwrap().base_string());
        assert_eq!(sent().header("Bearer oauth_token=x").problem(), Problem::NothingSigned);
    }

    #[test]
    fn two_oauth_headers_are_refused() {
        assert!(sent().header(&as_header(SIGNED)).header("oauth realm=\"\"").rejected().is_empty());
    }
}

mod pitfall_06 {
    use super::*;

    #[test]
    fn only_one_media_type_is_a_form() {
        for text in [
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-URLencoded",
            "application/x-www-form-urlencoded; charset=utf-8",
            "application/x-www-form-urlencoded ;;",
        ] {
            assert!(is_form(text), "{text}");
        }
        for text in [
            "",
            "application/json",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded-x",
            "a;application/x-www-form-urlencoded",
        ] {
            assert!(!is_form(text), "{text}");
        }
    }

    #[test]
    fn a_body_that_is_no_form_is_not_signed_over() {
        let header = as_header(SIGNED);
        let request = sent().header(&header).body(b"oauth_token=%zz&a=b\0\xFF").read().unwrap();
        assert_eq!(request.base_string(), sent().header(&header).read().unwrap().base_string());
        assert_eq!(request.parameters(), []);
    }

    #[test]
    fn a_form_is_signed_over_whatever_the_method() {
        let request = Sent { method: "GET", ..sent().header(&as_header(SIGNED)).form("a=b") }.read().unwrap();
        assert!(request.base_string().starts_with("GET&http%3A%2F%2Fforge.example%2Fp&a%3Db%26"));
    }
}

mod pitfall_07 {
    use super::*;

    #[test]
    fn a_protocol_parameter_twice_is_refused_by_name() {
        assert_eq!(sent().query(&format!("{SIGNED}&oauth_nonce=n")).rejected(), ["oauth_nonce"]);
        assert_eq!(sent().header(&format!("{}, oauth%5Fnonce=x", as_header(SIGNED))).rejected(), ["oauth_nonce"]);
        assert_eq!(sent().form(&format!("{SIGNED}&oauth_x=1&oauth_x=1&oauth_x=2")).rejected(), ["oauth_x"]);
    }

    #[test]
    fn protocol_parameters_in_two_places_are_refused_by_name() {
        let header = as_header(SIGNED);
        assert_eq!(sent().header(&header).query("a=1&oauth_token=t").rejected(), ["oauth_token"]);
        assert_eq!(
            sent().header(&header).form("oauth_nonce=n&oauth_b=1&oauth_a=2").rejected(),
            ["oauth_a", "oauth_b", "oauth_nonce"]
        );
        assert_eq!(sent().query(SIGNED).form("oauth_verifier=v").rejected(), ["oauth_verifier"]);
    }

    #[test]
    fn the_same_name_in_two_cases_is_two_names() {
        let request = sent().query(&format!("{SIGNED}&OAuth_nonce=x")).read().unwrap();
        assert_eq!((request.nonce(), request.parameters().len()), ("n", 1));
    }

    #[test]
    fn unknown_protocol_parameters_are_signed_and_ignored() {
        let request = sent().query(&format!("{SIGNED}&oauth_problem=x&a=b")).read().unwrap();
        assert!(request.base_string().contains("oauth_problem%3Dx"));
        assert_eq!(request.parameters(), [("a".to_owned(), "b".to_owned())]);
    }

    #[test]
    fn query_and_form_are_both_signed_in_any_order_and_told_in_request_order() {
        let request = sent().header(&as_header(SIGNED)).query("z=1&a=2&a=1").form("b=+&a=").read().unwrap();
        let told = [("z", "1"), ("a", "2"), ("a", "1"), ("b", " "), ("a", "")];
        assert_eq!(request.parameters(), told.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(request.base_string().contains("&a%3D%26a%3D1%26a%3D2%26b%3D%2520%26oauth_consumer_key%3Dk%26"));
        assert!(!request.base_string().contains("oauth_signature%3D"));
    }
}
