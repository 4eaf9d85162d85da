//! Archives: checksums, sizes, methods and marks that are wrong; ends that come too early or not at all.

use super::made::{self, Member};
use super::{Case, Class, case};

fn log() -> String {
    "902: NOT 20:59:50.051721 VPNC: vpn_stop\n".repeat(60)
}

fn gzip() -> Vec<u8> {
    made::gzip(log().as_bytes())
}

fn tar() -> Vec<u8> {
    let log = log();
    let members = ["logs/messages", "logs/messages.0", "logs/messages.1"]
        .map(|name| made::tar_member(name, b'0', log.as_bytes()));
    [members.concat(), made::tar_end()].concat()
}

fn pair() -> [Member; 2] {
    let log = log();
    [Member::deflated("logs/messages", &log), Member::stored("logs/messages.0", &log)]
}

/// Each of them undamaged.
pub fn whole() -> Vec<(&'static str, Vec<u8>)> {
    vec![("gzip", gzip()), ("tar", tar()), ("zip", made::zip(&pair())), ("tar in gzip", made::gzip(&tar()))]
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    of_gzip("gzip", &gzip(), &mut cases);
    of_gzip("tar in gzip", &made::gzip(&tar()), &mut cases);
    of_tar(&mut cases);
    of_zip(&mut cases);
    bombs(&mut cases);
    cases
}

fn changed(whole: &[u8], at: usize, change: impl Fn(u8) -> u8) -> Vec<u8> {
    let mut copy = whole.to_vec();
    copy[at] = change(copy[at]);
    copy
}

fn of_gzip(name: &str, whole: &[u8], cases: &mut Vec<Case>) {
    let mut add = |damage: &str, bytes: Vec<u8>, class| cases.push(case(name, damage, bytes, class));
    let end = whole.len();
    for cut in [11, end / 2, end - 9, end - 8, end - 5, end - 1] {
        add(&format!("cut at byte {cut}"), whole[..cut].to_vec(), Class::Cut);
    }
    for at in [end - 8, end - 5] {
        add(&format!("another checksum at byte {at}"), changed(whole, at, |byte| byte ^ 1), Class::Checksum);
    }
    for at in [end - 4, end - 2] {
        add(&format!("another size at byte {at}"), changed(whole, at, |byte| byte ^ 1), Class::Count);
    }
    add("a block of a kind that is none", changed(whole, 10, |_| 0b111), Class::Encoding);
    add("bytes behind it", [whole, b"something else"].concat(), Class::Remark);
}

fn of_tar(cases: &mut Vec<Case>) {
    let whole = tar();
    let name = "tar";
    let mut add = |damage: &str, bytes: Vec<u8>, class| cases.push(case(name, damage, bytes, class));
    let step = (whole.len() - 1024) / 3;
    for member in 0..3 {
        let at = member * step;
        if member > 0 {
            add(&format!("cut in header {member}"), whole[..at + 100].to_vec(), Class::Cut);
            add(&format!("cut before header {member}"), whole[..at].to_vec(), Class::Cut);
        }
        for content in [1, 1000, 2399] {
            add(
                &format!("cut in member {member} after {content} bytes"),
                whole[..at + 512 + content].to_vec(),
                Class::Cut,
            );
        }
        add(
            &format!("another letter in the name of {member}"),
            changed(&whole, at + 2, |byte| byte ^ 2),
            Class::Checksum,
        );
        add(
            &format!("another digit in the size of {member}"),
            changed(&whole, at + 130, |byte| byte ^ 1),
            Class::Checksum,
        );
        add(
            &format!("another checksum of {member}"),
            changed(&whole, at + 150, |byte| byte ^ 1),
            Class::Checksum,
        );
    }
    add("cut before its end", whole[..whole.len() - 1024].to_vec(), Class::Cut);
    let log = log();
    let header = |size: &[u8], kind: u8| made::tar_header("logs/messages", size, kind, |_| {});
    let tail = [made::filled(log.as_bytes()), made::tar_end()].concat();
    add("a size beyond the file", [header(&made::octal(1 << 30), b'0'), tail.clone()].concat(), Class::Cut);
    add("a size that is no number", [header(b"zzzzzzzzzzz\0", b'0'), tail.clone()].concat(), Class::Length);
    add("a sparse member", [header(&made::octal(log.len()), b'S'), tail].concat(), Class::NotRead);
    let long = made::pax(b'x', &[("path", &"a/".repeat(60_000))]);
    let member = made::tar_member("cut", b'0', log.as_bytes());
    add("a name of 120,000 bytes", [long, member, made::tar_end()].concat(), Class::TooMuch);
}

fn of_zip(cases: &mut Vec<Case>) {
    let members = pair();
    let whole = made::zip(&members);
    let mut add = |damage: &str, bytes: Vec<u8>, class| cases.push(case("zip", damage, bytes, class));
    let (first, second) = (members[0].local().len(), members[1].local().len());
    let directory = first + second;
    for (what, cut) in [
        ("the first header", 20),
        ("the first member", first / 2 + 20),
        ("the second member", first + second / 2),
    ] {
        add(&format!("cut in {what}"), whole[..cut].to_vec(), Class::Cut);
    }
    for (what, cut) in [
        ("between its members", first),
        ("before its directory", directory),
        ("in its directory", directory + 30),
        ("before its end", whole.len() - 22),
        ("in its end", whole.len() - 5),
    ] {
        add(&format!("cut {what}"), whole[..cut].to_vec(), Class::Missing);
    }
    for (number, member) in (0..).zip(&members) {
        let rest = |changed: Member| {
            let mut all = members.clone();
            all[number] = changed;
            made::zip(&all)
        };
        let other = Member {
            content: [&member.content[..member.content.len() - 1], b"?"].concat(),
            ..member.clone()
        };
        add(&format!("another checksum of member {number}"), rest(other), Class::Checksum);
        let longer = Member { content: [&member.content[..], b"more"].concat(), ..member.clone() };
        add(&format!("another size of member {number}"), rest(longer), Class::Count);
        add(
            &format!("member {number} encrypted"),
            rest(Member { flags: member.flags | 1, ..member.clone() }),
            Class::NotRead,
        );
        for method in [1, 6, 12, 14, 93, 95, 99, 250] {
            add(
                &format!("member {number} packed by method {method}"),
                rest(Member { method, ..member.clone() }),
                Class::NotRead,
            );
        }
    }
    let damaged =
        Member { packed: members[0].packed.iter().map(|byte| byte ^ 0x55).collect(), ..members[0].clone() };
    add("packed bytes that are none", made::zip(&[damaged, members[1].clone()]), Class::Encoding);
    // What the directory says.
    let listed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut copy = whole.clone();
        change(&mut copy);
        copy
    };
    let end = whole.len() - 22;
    add(
        "a directory that lists three",
        listed(&|copy| {
            copy[end + 8] = 3;
            copy[end + 10] = 3;
        }),
        Class::Count,
    );
    add(
        "a directory that lists one",
        listed(&|copy| {
            copy[end + 8] = 1;
            copy[end + 10] = 1;
        }),
        Class::Count,
    );
    add("a directory without its mark", listed(&|copy| copy[directory] = b'X'), Class::Missing);
    let second_entry = directory + members[0].listed(0).len();
    add(
        "both entries at one place",
        listed(&|copy| copy[second_entry + 42..second_entry + 46].fill(0)),
        Class::Contradiction,
    );
    add("a name that differs", listed(&|copy| copy[directory + 46] ^= 2), Class::Contradiction);
    add("bytes in front of it", made::zip_with(&members, &[0x5a; 100], b""), Class::Remark);
}

fn bombs(cases: &mut Vec<Case>) {
    // Its checksum is never looked at: unpacking stops before.
    let zeros = made::deflated(&vec![0; 9 << 20]);
    let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let bomb = [&header[..], &zeros, &[0; 8]].concat();
    cases.push(case("gzip", "9 MB of zeros", bomb, Class::TooMuch));
    let mut nest = made::tar_member("log", b'0', log().as_bytes());
    for level in 0..6 {
        let name = format!("level{level}.tar");
        nest = made::tar_member(&name, b'0', &[nest, made::tar_end()].concat());
    }
    cases.push(case("tar", "seven in one another", [nest, made::tar_end()].concat(), Class::TooMuch));
}
