//! Limits, and receivers that want no more.

use crate::made::{Member, gzip, tar_end, tar_member, zip};
use crate::unpacked::{by_directory, streamed};
use vpn_phone_doctor::archive::{Archive, Event, Next, Note, Reader, Trouble};
use vpn_phone_doctor::limits::ArchiveLimits;

/// Zeros pack to a thousandth.
fn bomb(megabytes: usize) -> Vec<u8> {
    vec![0; megabytes << 20]
}

#[test]
fn a_bomb_stops_at_the_ratio() {
    let limits = ArchiveLimits { ratio: 900, ..ArchiveLimits::default() };
    let zeros = bomb(12);
    for chunk in [100, 16 << 20] {
        let told = streamed(Archive::Gzip, &gzip(&zeros), chunk, &limits);
        assert_eq!(told.members[0].end.length, 8 << 20);
        assert!(told.members[0].end.troubles.contains(&Trouble::TooDense));
    }
    let text = "hello".to_owned();
    let member = Member::new("bomb", &zeros, 8, crate::made::deflated(&zeros));
    for member in [member.clone(), member.late(false, true)] {
        let bytes = zip(&[member, Member::stored("a", &text)]);
        for told in [by_directory(&bytes, &limits), streamed(Archive::Zip, &bytes, 1000, &limits)] {
            assert_eq!(told.members[0].end.length, 8 << 20);
            assert!(told.members[0].end.troubles.contains(&Trouble::TooDense));
            assert_eq!(told.members[1].content, b"hello");
        }
    }
    // Dense, as logs of one line are, and read.
    let told = streamed(Archive::Gzip, &gzip(&zeros), 4096, &ArchiveLimits { ratio: 2000, ..limits });
    assert_eq!(
        (told.members[0].content.len(), &*told.members[0].end.troubles),
        (12 << 20, &[Trouble::Dense][..])
    );
}

#[test]
fn all_members_together_stop_at_the_total() {
    let limits = ArchiveLimits { unpacked: 1000, ..ArchiveLimits::default() };
    let told = streamed(Archive::Gzip, &gzip(&[b'x'; 5000]), 3, &limits);
    assert_eq!(
        (told.members[0].content.len(), &*told.members[0].end.troubles),
        (1000, &[Trouble::TooMuch][..])
    );
    let bytes = zip(&[
        Member::deflated("a", &"a".repeat(600)),
        Member::deflated("b", &"b".repeat(600)),
        Member::deflated("c", &"c".repeat(600)),
        Member::stored("d", "stored"),
    ]);
    for told in [by_directory(&bytes, &limits), streamed(Archive::Zip, &bytes, 50, &limits)] {
        let lengths: Vec<u64> = told.members.iter().map(|one| one.end.length).collect();
        assert_eq!(lengths[..3], [600, 400, 0]);
        assert_eq!(told.members[1].end.troubles, [Trouble::TooMuch]);
        assert_eq!(told.members[2].end.troubles, [Trouble::TooMuch]);
    }
}

#[test]
fn members_beyond_the_limit_are_counted() {
    let limits = ArchiveLimits { members: 2, ..ArchiveLimits::default() };
    let tar: Vec<u8> =
        ["a", "b", "c", "d"].iter().flat_map(|name| tar_member(name, b'0', b"x")).chain(tar_end()).collect();
    let told = streamed(Archive::Tar, &tar, 100, &limits);
    assert_eq!((told.members.len(), told.notes), (2, vec![Note::MembersLeftOut(2)]));
    let zip = zip(&["a", "b", "c", "d"].map(|name| Member::stored(name, "x")));
    for told in [by_directory(&zip, &limits), streamed(Archive::Zip, &zip, 100, &limits)] {
        assert_eq!((told.members.len(), told.notes), (2, vec![Note::MembersLeftOut(2)]));
    }
}

#[test]
fn who_wants_no_more_gets_no_more() {
    let tar: Vec<u8> = ["a", "b", "c"]
        .iter()
        .flat_map(|name| tar_member(name, b'0', &[b'x'; 600]))
        .chain(tar_end())
        .collect();
    let zip = zip(&["a", "b", "c"].map(|name| Member::deflated(name, &"x".repeat(600)).late(false, true)));
    for (archive, bytes) in [(Archive::Tar, tar), (Archive::Zip, zip)] {
        for answer in [Next::Skip, Next::Stop] {
            let (mut begun, mut data, mut ended) = (0, 0, Vec::new());
            let mut reader = Reader::new(archive, &ArchiveLimits::default()).unwrap();
            let mut sink = |event: Event<'_>| {
                match event {
                    Event::Begin(_) => {
                        begun += 1;
                        if begun == 2 {
                            return answer;
                        }
                    }
                    Event::Data(bytes) => data += bytes.len(),
                    Event::End(end) => ended.push(end.clone()),
                    Event::Note(note) => panic!("{note:?}"),
                }
                Next::Go
            };
            for chunk in bytes.chunks(50) {
                reader.push(chunk, &mut sink);
            }
            reader.finish(&mut sink);
            let expected = if answer == Next::Skip { (3, 1200, 3) } else { (2, 600, 1) };
            assert_eq!((begun, data, ended.len()), expected, "{archive:?} {answer:?}");
            assert!(ended.iter().all(|end| end.length == 600 && end.troubles.is_empty()), "{archive:?}");
        }
    }
}
