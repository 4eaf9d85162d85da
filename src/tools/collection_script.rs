//! The collection list as a script: it fetches what can be fetched, and writes down what is typed on the ASA and on CUCM.
//!
//! A phone's name comes from the case, in the form that every such name has; what no file shows the script asks for, and
//! takes only what a name or an address is made of. It sends nothing but the requests that it shows.
//!
//! Sources: those of `tables/instructions.rs`; Microsoft, "curl ships with Windows 10 1803" and `SslStream`.

use crate::diagnosis::Diagnosis;
use crate::names::phone::PhoneName;
use crate::need::Need;
use crate::text::{Lang, Text};
use crate::tools::collection::{Collection, Gateway, plan};

/// What the script runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A POSIX shell; tftp-hpa where curl has no TFTP.
    Linux,
    /// A POSIX shell; curl has TFTP.
    MacOs,
    /// PowerShell.
    Windows,
}

impl System {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Linux, Self::MacOs, Self::Windows];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::MacOs => "macOS",
            Self::Windows => "Windows",
        }
    }

    /// The name of the script's file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Linux => "collect-evidence-linux.sh",
            Self::MacOs => "collect-evidence-macos.sh",
            Self::Windows => "collect-evidence-windows.ps1",
        }
    }
}

/// The script for a case, or for what decides most cases. `only` is the phone that the person looks at.
pub fn script(
    diagnosis: Option<&Diagnosis>,
    only: Option<&str>,
    gateway: Gateway,
    system: System,
    lang: Lang,
) -> String {
    let list = plan(diagnosis, gateway);
    let wants = |need: Need| list.items.iter().any(|item| item.need == need);
    let parts = Parts {
        phones: phones(diagnosis, only),
        files: [
            (Need::PhoneConfig, &["", ".cnf.xml.sgn"] as &[_]),
            (Need::TrustList, &["ITL", ".tlv", "CTL", ".tlv"]),
        ]
        .into_iter()
        .filter(|(need, _)| wants(*need))
        .flat_map(|(_, around)| around.chunks_exact(2))
        .filter_map(|around| Some((*around.first()?, *around.last()?)))
        .collect(),
        certificate: wants(Need::Certificate),
        asa: typed(&list, Need::is_of_asa, &["terminal pager 0"], lang),
        cucm: typed(&list, |need| need == Need::CucmVersion, &[], lang),
        by_hand: by_hand(&list, lang),
        lang,
    };
    if system == System::Windows { parts.power_shell() } else { parts.shell(system) }
}

/// Phones of the case that are worth a look, those in most trouble first.
fn phones(diagnosis: Option<&Diagnosis>, only: Option<&str>) -> Vec<String> {
    let known = diagnosis.into_iter().flat_map(|case| &case.phones).map(|row| row.name.as_str());
    let wanted: Vec<&str> = only.map_or_else(|| known.collect(), |only| vec![only]);
    let names = wanted.into_iter().filter_map(PhoneName::parse);
    names.take(MOST_PHONES).map(|name| name.as_str().to_owned()).collect()
}

/// What is typed on one device; what has to be done around it stands there as a remark.
fn typed(list: &Collection, on: impl Fn(Need) -> bool, first: &[&str], lang: Lang) -> Vec<String> {
    let items = list.items.iter().filter(|item| on(item.need));
    // What floods a console is typed by a person who has read the warning, and so is what changes a setting first.
    let typed = items.clone().filter(|item| item.warning.is_none());
    let commands: Vec<String> = typed.map(|item| item.need.command().to_owned()).collect();
    let remarks = items.filter(|item| item.need.is_log());
    let mut lines: Vec<String> = remarks
        .flat_map(|item| item.warning.iter().cloned().chain([item.need.how_to_get()]))
        .map(|text| format!("! {}", plain(&text, lang)))
        .collect();
    if !commands.is_empty() {
        lines.extend(first.iter().map(|line| (*line).to_owned()));
    }
    lines.extend(commands);
    lines
}

/// What a person has to get.
fn by_hand(list: &Collection, lang: Lang) -> Vec<String> {
    let items = list.items.iter().filter(|item| {
        matches!(item.need, Need::PhoneLog | Need::PhoneStatus | Need::Capture) && !item.need.is_of_asa()
    });
    items.map(|item| format!("- {}", plain(&item.need.how_to_get(), lang))).collect()
}

/// A prose without its backticks.
fn plain(text: &Text, lang: Lang) -> String {
    text.get(lang).replace('`', "")
}

struct Parts {
    phones: Vec<String>,
    /// What stands before and behind a phone's name in the names of its files.
    files: Vec<(&'static str, &'static str)>,
    certificate: bool,
    asa: Vec<String>,
    cucm: Vec<String>,
    by_hand: Vec<String>,
    lang: Lang,
}

impl Parts {
    fn say(&self, text: &Text) -> String {
        plain(text, self.lang)
    }

    fn head(&self) -> Vec<String> {
        [TITLE, WHAT, ONLY_READS, THEN].iter().map(|text| format!("# {}", self.say(text))).collect()
    }

    fn shell(&self, system: System) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
        let say = |text: &Text| quoted(&self.say(text));
        let mut lines = vec!["#!/bin/sh".to_owned()];
        lines.extend(self.head());
        lines.extend([
            "set -u".to_owned(),
            format!("mkdir -p {FOLDER} && cd {FOLDER} || exit 1"),
            "ask() {".to_owned(),
            "  printf '%s ' \"$1\" >&2; read -r answer".to_owned(),
            format!(
                "  case $answer in ''|*[!A-Za-z0-9_.:/@-]*) echo {} >&2; return 1 ;; esac",
                say(&NO_NAME)
            ),
            "  printf '%s' \"$answer\"".to_owned(),
            "}".to_owned(),
        ]);
        if !self.files.is_empty() {
            lines.push(format!("PHONES={}", quoted(&self.phones.join(" "))));
            lines.push(format!("[ -n \"$PHONES\" ] || PHONES=$(ask {}) || exit 1", say(&ASK_PHONE)));
            lines.push(format!("CUCM=$(ask {}) || exit 1", say(&ASK_CUCM)));
            lines.push("fetch() {".to_owned());
            lines.push("  curl -fsS -m 20 -o \"$1\" \"http://$CUCM:6970/$1\" ||".to_owned());
            lines.push("  curl -fsS -m 20 -o \"$1\" \"tftp://$CUCM/$1\" ||".to_owned());
            if system == System::Linux {
                lines.push("  tftp -m binary \"$CUCM\" -c get \"$1\" ||".to_owned());
            }
            lines.push(format!("  echo {} \"$1\"", say(&NOT_THERE)));
            lines.push("}".to_owned());
            lines.push("for PHONE in $PHONES; do".to_owned());
            lines.extend(
                self.files.iter().map(|(before, behind)| format!("  fetch \"{before}${{PHONE}}{behind}\"")),
            );
            lines.push("done".to_owned());
        }
        if self.certificate {
            lines.push(format!("ASA=$(ask {}) || exit 1", say(&ASK_ASA)));
            lines.push(
                "openssl s_client -connect \"$ASA:443\" -showcerts </dev/null >presented.pem".to_owned(),
            );
        }
        for (file, typed, says) in self.typed() {
            lines.push(format!("cat >{file} <<'{END}'"));
            lines.extend(typed.iter().cloned());
            lines.extend([END.to_owned(), format!("echo {}", say(&says)), format!("cat {file}")]);
        }
        if !self.by_hand.is_empty() {
            lines.push(format!("echo {}", say(&BY_HAND)));
            lines.extend(self.by_hand.iter().map(|line| format!("echo {}", quoted(line))));
        }
        lines.push(String::new());
        lines.join("\n")
    }

    fn power_shell(&self) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace(['\'', '‘', '’'], "''"));
        let say = |text: &Text| quoted(&self.say(text));
        let mut lines = self.head();
        lines.extend([
            format!("New-Item -ItemType Directory -Force {FOLDER} | Out-Null"),
            format!("Set-Location {FOLDER}"),
            "function Ask($What) {".to_owned(),
            "  $answer = Read-Host $What".to_owned(),
            format!("  if ($answer -notmatch '^[A-Za-z0-9_.:/@-]+$') {{ throw {} }}", say(&NO_NAME)),
            "  $answer".to_owned(),
            "}".to_owned(),
        ]);
        if !self.files.is_empty() {
            let names: Vec<String> = self.phones.iter().map(|name| quoted(name)).collect();
            lines.push(format!("$Phones = @({})", names.join(", ")));
            lines.push(format!("if (-not $Phones) {{ $Phones = @(Ask {}) }}", say(&ASK_PHONE)));
            lines.push(format!("$Cucm = Ask {}", say(&ASK_CUCM)));
            lines.push("function Fetch($Name) {".to_owned());
            lines.push("  curl.exe -fsS -m 20 -o $Name \"http://${Cucm}:6970/$Name\"".to_owned());
            lines.push("  if ($LASTEXITCODE) { tftp.exe -i $Cucm get $Name }".to_owned());
            lines.push(format!("  if (-not (Test-Path $Name)) {{ Write-Host {} $Name }}", say(&NOT_THERE)));
            lines.push("}".to_owned());
            lines.push("foreach ($Phone in $Phones) {".to_owned());
            lines.extend(
                self.files.iter().map(|(before, behind)| format!("  Fetch \"{before}${{Phone}}{behind}\"")),
            );
            lines.push("}".to_owned());
        }
        if self.certificate {
            lines.push(format!("$Asa = Ask {}", say(&ASK_ASA)));
            lines.extend(PRESENTED.map(str::to_owned));
        }
        for (file, typed, says) in self.typed() {
            lines.push("@'".to_owned());
            lines.extend(typed.iter().cloned());
            lines.extend([
                format!("'@ | Set-Content {file}"),
                format!("Write-Host {}", say(&says)),
                format!("Get-Content {file}"),
            ]);
        }
        if !self.by_hand.is_empty() {
            lines.push(format!("Write-Host {}", say(&BY_HAND)));
            lines.extend(self.by_hand.iter().map(|line| format!("Write-Host {}", quoted(line))));
        }
        // PowerShell 5 takes a file without a mark for one of the system's code page.
        format!("\u{feff}{}\r\n", lines.join("\r\n"))
    }

    fn typed(&self) -> impl Iterator<Item = (&'static str, &[String], Text)> {
        let files = [("asa-commands.txt", &self.asa, ON_ASA), ("cucm-commands.txt", &self.cucm, ON_CUCM)];
        files
            .into_iter()
            .map(|(file, typed, says)| (file, typed.as_slice(), says))
            .filter(|(_, typed, _)| !typed.is_empty())
    }
}

/// Fetches the certificate that a server presents, whatever it is.
const PRESENTED: [&str; 6] = [
    "try {",
    "  $client = New-Object Net.Sockets.TcpClient($Asa, 443)",
    "  $ssl = New-Object Net.Security.SslStream($client.GetStream(), $false, { $true })",
    "  $ssl.AuthenticateAsClient($Asa)",
    "  [IO.File]::WriteAllBytes(\"$PWD\\presented.cer\", $ssl.RemoteCertificate.Export('Cert'))",
    "} catch { Write-Host $_ }",
];

const FOLDER: &str = "vpn-phone-evidence";
const END: &str = "END_OF_COMMANDS";
/// Phones whose files are fetched.
const MOST_PHONES: usize = 3;

const TITLE: Text = Text::fixed(
    "Collects what is missing to find out why phones get no VPN.",
    "Sammelt, was fehlt, um herauszufinden, warum Telefone kein VPN bekommen.",
);
const WHAT: Text = Text::fixed(
    "Run it on a PC that reaches CUCM and, for the certificate, the ASA from outside.",
    "Starten Sie es an einem PC, der den CUCM erreicht und, für das Zertifikat, die ASA von außen.",
);
const ONLY_READS: Text = Text::fixed(
    "It only reads: it fetches files into a folder, and writes down what to type on the ASA and on CUCM.",
    "Es liest nur: Es holt Dateien in einen Ordner und schreibt auf, was auf der ASA und dem CUCM einzugeben ist.",
);
const THEN: Text = Text::fixed(
    "Then drop the folder on the page, with the recorded sessions.",
    "Legen Sie dann den Ordner auf der Seite ab, mit den aufgezeichneten Sitzungen.",
);
const NO_NAME: Text = Text::fixed("That is no name or address.", "Das ist kein Name und keine Adresse.");
const ASK_PHONE: Text = Text::fixed("Name of the phone (SEP…):", "Name des Telefons (SEP…):");
const ASK_CUCM: Text =
    Text::fixed("Name or address of CUCM's TFTP server:", "Name oder Adresse des TFTP-Servers des CUCM:");
const ASK_ASA: Text = Text::fixed(
    "Name or address that the phones dial (the ASA):",
    "Name oder Adresse, die die Telefone wählen (die ASA):",
);
const NOT_THERE: Text = Text::fixed("Not there, or not reached:", "Nicht da oder nicht erreicht:");
const ON_ASA: Text = Text::fixed(
    "Type this on the ASA in a recorded session, in privileged mode:",
    "Geben Sie das auf der ASA in einer aufgezeichneten Sitzung ein, im privilegierten Modus:",
);
const ON_CUCM: Text = Text::fixed(
    "Type this on CUCM in a recorded session:",
    "Geben Sie das auf dem CUCM in einer aufgezeichneten Sitzung ein:",
);
const BY_HAND: Text = Text::fixed("By hand:", "Von Hand:");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::diagnosis::PhoneRow;
    use crate::testing::{asa, now, readings};

    fn case(phones: &[&str]) -> Diagnosis {
        let readings = readings(&[("a", asa("ssl trust-point PHONES outside", "").as_str())]);
        let mut diagnosis = diagnose(&readings, &Said::new(), now());
        let row = |name: &&str| PhoneRow { name: (*name).to_owned(), ..PhoneRow::default() };
        diagnosis.phones = phones.iter().map(row).collect();
        diagnosis
    }

    #[test]
    fn what_is_there_is_not_fetched_and_a_name_is_a_phones_or_none() {
        let hostile = case(&["SEP0011223344$(id)", "SEP001122334455", "'; rm -rf ~; '"]);
        for system in System::ALL {
            let text = script(Some(&hostile), None, Gateway::Unknown, system, Lang::En);
            assert!(text.contains("SEP001122334455") && !text.contains("$(id)") && !text.contains("rm -rf"));
            assert!(text.contains(".cnf.xml.sgn") && text.contains("show version"), "{text}");
            assert!(!text.lines().any(|line| line == "show running-config"), "it is there: {text}");
            assert!(!text.lines().any(|line| line == "debug webvpn anyconnect 255"), "{text}");
            let one = script(Some(&hostile), Some("SEPAABBCCDDEEFF"), Gateway::Unknown, system, Lang::De);
            assert!(one.contains("SEPAABBCCDDEEFF") && !one.contains("SEP001122334455"));
        }
        let linux = script(None, None, Gateway::Busy, System::Linux, Lang::De);
        assert!(linux.starts_with("#!/bin/sh\n# Sammelt") && linux.contains("PHONES=''\n"), "{linux}");
        assert!(linux.contains("tftp -m binary") && !linux.contains("debug webvpn"), "{linux}");
        let windows = script(None, None, Gateway::Quiet, System::Windows, Lang::En);
        assert!(windows.contains("$Phones = @()\r\n") && windows.contains("tftp.exe -i"), "{windows}");
        assert!(windows.starts_with('\u{feff}') && !windows.contains('`'), "{windows}");
    }

    #[test]
    fn of_many_phones_the_first_are_fetched() {
        let names = [1, 2, 3, 4, 5].map(|number| format!("SEP00112233440{number}"));
        let many = case(&names.each_ref().map(String::as_str));
        for system in System::ALL {
            let text = script(Some(&many), None, Gateway::Unknown, system, Lang::En);
            let fetched: Vec<bool> = names.iter().map(|name| text.contains(name.as_str())).collect();
            assert_eq!(fetched, [true, true, true, false, false], "{text}");
        }
    }

    /// The shell of this machine reads it to its end, and asks before it fetches anything.
    #[test]
    fn a_shell_understands_it() {
        for system in [System::Linux, System::MacOs] {
            for lang in [Lang::En, Lang::De] {
                let text = script(Some(&case(&[])), None, Gateway::Quiet, system, lang);
                let run = std::process::Command::new("sh").args(["-n", "-c", &text]).output().unwrap();
                assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            }
        }
    }
}
