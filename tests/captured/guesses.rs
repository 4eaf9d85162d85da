//! What only the times of packets hint at: guesses, worded as such, and beside each what must stay silent.

use super::*;

/// A question and its answer that cannot be seen.
fn round(capture: &mut Capture, connection: &mut Connection) {
    capture.client(connection, &record(23, &[0x5a; 90]));
    capture.server(connection, &record(23, &[0x5a; 120]));
}

/// A sign of life, and its answer.
fn echo(capture: &mut Capture, connection: &mut Connection) {
    capture.client(connection, &record(23, &[0x5a; 32]));
    capture.server(connection, &record(23, &[0x5a; 32]));
}

/// Connects behind so many requests without an answer, two seconds apart.
fn connects_late(capture: &mut Capture, lost: usize) {
    for _ in 0..lost {
        capture.syn(PHONE, GATEWAY);
        capture.wait(2);
    }
    tunnel(capture);
}

/// Some questions with seconds between, as what goes through a tunnel.
fn goes_on(capture: &mut Capture, connection: &mut Connection, times: usize) {
    for _ in 0..times {
        capture.wait(2);
        echo(capture, connection);
    }
}

/// Another host's packets, a while later: the capture goes on.
fn goes_on_without_the_phone(capture: &mut Capture) {
    capture.wait(5);
    capture.undelivered(ROUTER, 3, 0, (FILES, SIP));
}

#[test]
fn connections_that_stand_late_or_end_early() {
    tell(&[
        (
            "the gateway answers the fifth request",
            |capture| connects_late(capture, 4),
            &[("gateway-not-reached", Possible)],
        ),
        ("it answers the second one", |capture| connects_late(capture, 1), &[]),
        (
            "questions, answers, and no tunnel",
            |capture| {
                let mut connection = tunnel(capture);
                (0..3).for_each(|_| round(capture, &mut connection));
                capture.client_closes(&connection);
                goes_on_without_the_phone(capture);
            },
            &[("login-failed", Possible)],
        ),
        (
            "a question and its answer are no login",
            |capture| {
                let mut connection = tunnel(capture);
                round(capture, &mut connection);
                capture.client_closes(&connection);
                goes_on_without_the_phone(capture);
            },
            &[],
        ),
        (
            "the tunnel is made with another connection",
            |capture| {
                let mut connection = tunnel(capture);
                (0..3).for_each(|_| round(capture, &mut connection));
                capture.client_closes(&connection);
                let other = (PHONE.0, PHONE.1 + 1);
                let mut connection = capture.connect(other, GATEWAY);
                capture.client(&mut connection, &hello(TLS_1_0));
                capture.server(&mut connection, &[chosen(RSA), message(14, &[])].concat());
                capture.client(&mut connection, &sealed());
                capture.server(&mut connection, &sealed());
                goes_on_without_the_phone(capture);
            },
            &[],
        ),
        (
            "the server closes",
            |capture| {
                let mut connection = tunnel(capture);
                (0..3).for_each(|_| round(capture, &mut connection));
                capture.server_closes(&connection);
                goes_on_without_the_phone(capture);
            },
            &[],
        ),
        (
            "the capture ends with the connection",
            |capture| {
                let mut connection = tunnel(capture);
                (0..3).for_each(|_| round(capture, &mut connection));
                capture.client_closes(&connection);
            },
            &[],
        ),
    ]);
}

#[test]
fn tunnels_without_datagrams() {
    tell(&[
        (
            "data goes on over TCP alone",
            |capture| {
                let mut connection = tunnel(capture);
                goes_on(capture, &mut connection, 4);
            },
            &[("dtls-not-established", Possible)],
        ),
        (
            "data goes on beside datagrams",
            |capture| {
                let mut connection = tunnel(capture);
                datagrams(capture);
                goes_on(capture, &mut connection, 4);
            },
            &[],
        ),
        (
            "a browser that asks now and then",
            |capture| {
                let mut connection = tunnel(capture);
                for _ in 0..9 {
                    capture.wait(2);
                    round(capture, &mut connection);
                }
            },
            &[],
        ),
        (
            "one question more is no tunnel",
            |capture| {
                let mut connection = tunnel(capture);
                goes_on(capture, &mut connection, 1);
            },
            &[],
        ),
        (
            "who speaks HTTP/2 is no phone",
            |capture| {
                let mut connection = is_shown(capture, GATEWAY, &curl_hello(), "vpn");
                capture.client(&mut connection, &sealed());
                capture.server(&mut connection, &sealed());
                goes_on(capture, &mut connection, 4);
            },
            &[],
        ),
    ]);
}

#[test]
fn file_servers_that_the_site_may_have_named() {
    tell(&[
        (
            "nothing shows who named it",
            |capture| asks_twice(capture, FILES, &request(CONFIG)),
            &[("tftp-server-from-local-dhcp", Possible), ("tftp-server-unreachable", Certain)],
        ),
        (
            "DHCP gives one of another network",
            |capture| {
                let given: &[(u8, &[u8])] = &[(1, &[255, 255, 255, 0]), (54, &ROUTER), (150, &FILES.0)];
                capture.udp((ROUTER, 67), (PHONE.0, 68), &dhcp(5, PHONE.0, given));
                asks_twice(capture, FILES, &request(CONFIG));
            },
            &[("tftp-server-unreachable", Certain)],
        ),
        (
            "a trust list that does not come shows nothing of the server",
            |capture| asks_twice(capture, FILES, &request("CTLSEP001122334455.tlv")),
            &[("tftp-server-unreachable", Certain)],
        ),
    ]);
}
