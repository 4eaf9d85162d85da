//! What a message of an ASA's log says, by kind.
//!
//! ```text
//! %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = u
//! %ASA-6-722022: Group <g> User <u> IP <192.0.2.9> UDP SVC connection established without compression
//! ```
//! One kind may stand for several ids that say the same; [`super::AsaEvent::id`] tells them apart. A field is empty
//! where the message does not print it.
//!
//! Sources: the Cisco Secure Firewall ASA syslog guide; Cisco document 116162.

pub use crate::documents::asa_syslog::AsaMessage;
