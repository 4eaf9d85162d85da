//! A mail as a mail program saves it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A mail with files in base64.
pub fn mail(files: &[(&str, &[u8])]) -> String {
    let mut mail = "From: a@example.com\nTo: b@example.com\nSubject: phone\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"cut\"\n\n--cut\nContent-Type: text/plain\n\nHello,\nthe phone says VPNC: do_login: got login response\n".to_owned();
    for (name, bytes) in files {
        mail += &format!(
            "--cut\nContent-Type: application/octet-stream; name=\"{name}\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"{name}\"\n\n"
        );
        let text = STANDARD.encode(bytes);
        for line in text.as_bytes().chunks(76) {
            mail += std::str::from_utf8(line).unwrap();
            mail.push('\n');
        }
    }
    mail + "--cut--\n"
}
