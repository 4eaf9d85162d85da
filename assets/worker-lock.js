// Stands first in the worker's script. Firefox 140 lets a worker that was made of text speak by EventSource, and at times
// fetch a font, whatever the policy says; another worker would have both again.
for (const name of ["EventSource", "FontFace", "Worker", "SharedWorker"]) delete self[name];
