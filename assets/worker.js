// The worker: one job at a time over the engine, whose glue stands just above.
//
// in:  { module } once, then a job, whose bytes only the engine understands (`src/engine/`): { job } alone,
//      { job, slice: File | ArrayBuffer, begin, end } with a part of a file, { job, read: File | ArrayBuffer } with all of it;
//      { stop } while a file is read: what came is all of it; { forget } what is held of the last one
// out: { progress: bytes } at least every quarter of a second while the engine answers,
//      { done: Uint8Array }, { failed: "gone" | "changed" | "unreadable" | "stopped" | "cancelled", place }
const CHUNK = 4 << 20;
/// Milliseconds after which a stream, and then a slice, is taken for stalled. A slow drive loses nothing by the first.
const STREAM_PATIENCE = 4_000;
const SLICE_PATIENCE = 60_000;

/// The engine's panic hook: a place in its source, never the message, which may quote a file.
let place = "";
self.note_panic = (at) => {
  place = at;
};

let ready;
/// Bytes read of the present file.
let taken = 0;
/// The person wants no more of it.
let stopped = false;
/// Ends the waiting for its next chunk.
let wake = () => {};

self.onmessage = async ({ data: message }) => {
  if (message.module) {
    ready = wasm_bindgen({ module_or_path: message.module });
    return;
  }
  if (message.stop) {
    stopped = true;
    wake();
    return;
  }
  if (message.forget) {
    await ready;
    wasm_bindgen.forget();
    return;
  }
  // What is no job is not for the engine.
  if (!message.job) return;
  taken = 0;
  stopped = false;
  let told = performance.now();
  const tell = () => {
    told = performance.now();
    postMessage({ progress: taken });
  };
  // While the browser fetches a chunk; the engine itself lets no timer through.
  const beat = setInterval(tell, 250);
  const took = (bytes) => {
    taken += bytes;
    if (performance.now() - told > 250) tell();
  };
  try {
    await ready;
    // The first word: from here on the file is the cause of a silence.
    tell();
    const done = await answer(message, took);
    postMessage({ done }, [done.buffer]);
    wasm_bindgen.let_go();
  } catch (error) {
    postMessage({ failed: failure(error), place });
  } finally {
    clearInterval(beat);
  }
};

async function answer({ job, read, slice, begin, end }, took) {
  if (read !== undefined) return streamed(read, new wasm_bindgen.FileStream(job), took);
  const part = slice?.slice(begin, end) ?? new ArrayBuffer();
  return wasm_bindgen.answer(job, new Uint8Array(part instanceof ArrayBuffer ? part : await part.arrayBuffer()));
}

/// The next chunk is read while the engine works on this one. A stream that stalls is given up for slices, which do not;
/// where these stall, too, what came is what there is.
async function streamed(source, reading, took) {
  let next = source instanceof ArrayBuffer ? pieces(source) : byteStream(source) ?? slices(source, 0);
  let done = 0;
  const ask = () => {
    const coming = next().catch(() => why(source));
    // An error of the chunk that is on its way is met where it is waited for, not left unhandled.
    coming.catch(() => {});
    return coming;
  };
  let coming = ask();
  for (;;) {
    const chunk = await inTime(coming, next.patience);
    if (stopped) {
      next.stop?.();
      if (done === 0) throw new DOMException("nothing was read", "AbortError");
      return reading.finish_short(done, true);
    }
    if (chunk === STALLED && next.isStream) {
      next.stop();
      next = slices(source, done);
      coming = ask();
      continue;
    }
    if (chunk === STALLED) return reading.finish_short(done, false);
    if (chunk === null) return reading.finish();
    coming = ask();
    reading.push(chunk);
    took(chunk.length);
    done += chunk.length;
    if (!reading.wants_more()) {
      next.stop?.();
      return reading.finish();
    }
  }
}

const STALLED = Symbol("stalled");

/// What a promise brings, or that it took too long, or nothing where it was stopped. Only waiting counts, not the time
/// that the engine had.
function inTime(coming, patience) {
  let timer;
  const late = new Promise((resolve) => {
    wake = resolve;
    if (patience) timer = setTimeout(resolve, patience, STALLED);
  });
  return Promise.race([coming, late]).finally(() => clearTimeout(timer));
}

/// A stream fails without a reason; a slice tells it.
async function why(file) {
  await file.slice(0, 1).arrayBuffer();
  throw new DOMException("the file cannot be read", "EncodingError");
}

/// Reads into two buffers in turn, so that a file of gigabytes needs megabytes. Chromium 156 stops for good in the
/// middle of some files of gigabytes, and says nothing.
function byteStream(file) {
  let reader;
  try {
    reader = file.stream().getReader({ mode: "byob" });
  } catch {
    return null;
  }
  const spare = [new ArrayBuffer(CHUNK), new ArrayBuffer(CHUNK)];
  let turn = 0;
  const next = async () => {
    const mine = (turn += 1) % 2;
    const { value, done } = await reader.read(new Uint8Array(spare[mine]));
    if (done) return null;
    spare[mine] = value.buffer;
    return value;
  };
  // Nobody waits for what is left of it.
  const stop = () => reader.cancel().catch(() => {});
  return Object.assign(next, { isStream: true, patience: STREAM_PATIENCE, stop });
}

function slices(file, begin) {
  let at = begin;
  const next = async () => {
    if (at >= file.size) return null;
    const slice = file.slice(at, (at += CHUNK));
    return new Uint8Array(await slice.arrayBuffer());
  };
  return Object.assign(next, { patience: SLICE_PATIENCE });
}

function pieces(buffer) {
  let rest = new Uint8Array(buffer);
  return async () => {
    if (rest.length === 0) return null;
    const piece = rest.subarray(0, CHUNK);
    rest = rest.subarray(CHUNK);
    return piece;
  };
}

function failure(error) {
  if (error?.name === "NotFoundError") return "gone";
  if (error?.name === "NotReadableError") return "changed";
  if (error?.name === "AbortError") return "cancelled";
  return error instanceof DOMException ? "unreadable" : "stopped";
}
