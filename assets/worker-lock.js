// Stands first in the worker's script. Firefox 140 lets a worker that was made of text speak by EventSource, whatever the
// policy says; another worker would have it again.
for (const name of ["EventSource", "Worker", "SharedWorker"]) delete self[name];
