// Puts a WebAssembly binary together that `bundler/src/streams.rs` took apart into streams of like bytes.

/// The streams in their order, a letter each: (r) all outside of functions' instructions and locals, o(p)erations,
/// (d)eclarations of locals, numbers of (l)ocals and of (c)alled functions, (o)ffsets in memory, constants of 32 bits (i)
/// and 64 bits (j), (b)ranches, (m)iscellaneous numbers, bytes of (f)loats and vectors.
const STREAMS = "rpdlcoijbmf";
/// What stands behind an operation: a small letter is a number (LEB128) of that stream, a capital one of its bytes, `*`
/// a number of m, and as many as it says, and one, of the next stream. WebAssembly 2.0, "Binary Format", Instructions.
const OPERANDS = "00-01 02-04:p 05 0b 0c-0d:b 0e:*b 0f 10:c 11:mm 1a-1b 20-22:l 23-24:p 25-26:m 28-3e:po 3f-40:m 41:i 42:j 43:FFFF 44:FFFFFFFF 45-c4 d0:m d1 d2:m fc00-fc07 fc08:mm fc09:m fc0a:mm fc0b:m fc0c:mm fc0d:m fc0e:mm fc0f-fc11:m fd00-fd0b:po fd0c-fd0d:FFFFFFFFFFFFFFFF fd0e-fd14 fd15-fd22:m fd23-fd53 fd54-fd5b:pom fd5c-fd5d:po fd5e-fdff";

const [BYTE, MANY] = [16, 32];
/// For each operation its operands: the place of their stream, and `BYTE` or `MANY` more.
const operands = [];
for (const entry of OPERANDS.split(" ")) {
  const [codes, letters = ""] = entry.split(":");
  const [first, last = first] = codes.split("-").map((code) => parseInt(code, 16) - (code.length > 2 ? 0xfb00 : 0));
  const places = (letters.match(/\*?./g) ?? []).map((word) => {
    const letter = word.at(-1).toLowerCase();
    return STREAMS.indexOf(letter) + (word.length > 1 ? MANY : word === letter ? 0 : BYTE);
  });
  for (let code = first; code <= last; code += 1) operands[code] = places;
}

const together = (streams) => {
  const binary = new Uint8Array(streams.reduce((size, stream) => size + stream.length, 0));
  const at = new Uint32Array(streams.length);
  /// What was damaged may ask for more than there is, and would be counted for hours.
  const within = (end) => {
    if (end > binary.length) throw new DOMException("the page is damaged", "EncodingError");
  };
  // Each copies from a stream to this place of the binary, and returns the place behind it.
  const bytes = (place, to, count) => {
    within(to + count);
    binary.set(streams[place].subarray(at[place], at[place] + count), to);
    at[place] += count;
    return to + count;
  };
  const number = (place, to) => {
    const stream = streams[place];
    let from = at[place];
    while (stream[from] > 0x7f) binary[to++] = stream[from++];
    binary[to++] = stream[from++];
    at[place] = from;
    return to;
  };
  const value = (from, to) => {
    let all = 0;
    for (let last = to - 1; last >= from; last -= 1) all = all * 0x80 + (binary[last] & 0x7f);
    return all;
  };
  const count = (from, to) => {
    const counted = value(from, to);
    within(to + counted);
    return counted;
  };

  const [REST, OPERATIONS, LOCALS, COUNTS, CODE] = [0, 1, 2, 9, 10];
  const instructions = (to, end) => {
    while (to < end) {
      let from = to;
      let operation = (binary[to++] = streams[OPERATIONS][at[OPERATIONS]++]);
      if (operation > 0xfb) {
        to = number(OPERATIONS, to);
        operation = ((operation - 0xfb) << 8) + value(from + 1, to);
      }
      const wanted = operands[operation];
      for (let index = 0; index < wanted.length; index += 1) {
        const operand = wanted[index];
        if (operand < BYTE) to = number(operand, to);
        else if (operand < MANY) to = bytes(operand - BYTE, to, 1);
        else {
          from = to;
          to = number(COUNTS, to);
          for (let left = count(from, to); left >= 0; left -= 1) to = number(operand - MANY, to);
        }
      }
    }
    return to;
  };

  let done = bytes(REST, 0, 8);
  const next = (place) => {
    const from = done;
    done = number(place, done);
    return count(from, done);
  };
  while (done < binary.length) {
    done = bytes(REST, done, 1);
    const section = binary[done - 1];
    const size = next(REST);
    if (section !== CODE) {
      done = bytes(REST, done, size);
      continue;
    }
    for (let functions = next(REST); functions > 0; functions -= 1) {
      const size = next(REST);
      const end = done + size;
      for (let kinds = next(LOCALS); kinds > 0; kinds -= 1) done = bytes(LOCALS, number(LOCALS, done), 1);
      done = instructions(done, end);
    }
  }
  return binary;
};
