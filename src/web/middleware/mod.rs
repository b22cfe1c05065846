//! What happens around every handler. The order is written down in `server.rs` and, for a route's own, in
//! `routes.rs`.

mod challenged;
mod explained;
mod headers;
mod limits;
mod pages_speak_html;
mod rates;
mod request_log;
mod session_for_authplugin;

pub(in crate::web) use challenged::challenged;
pub(in crate::web) use explained::explained;
pub(in crate::web) use headers::{PAGE_POLICY, security_headers};
pub use limits::LARGEST_BODY;
pub(in crate::web) use limits::{WholeBody, large_bodies, limit};
pub(in crate::web) use pages_speak_html::pages_speak_html;
pub(in crate::web) use rates::{few_changes, few_from_one_address};
pub(in crate::web) use request_log::request_log;
pub use session_for_authplugin::session_for_authplugin;
