// Solves the form's challenge with ALTCHA's worker, in the background. Nothing to
// tick, nothing to look at. Where it cannot run, the form works after a short wait.
const LONGEST = 60_000; // Milliseconds.

/** Return the payload that the server checks, or null when it cannot be found. */
function solve(challenge, address) {
  return new Promise((resolve) => {
    if (!globalThis.crypto?.subtle || !globalThis.Worker) return resolve(null);
    const worker = new Worker(address);
    const finish = (answer) => {
      worker.terminate();
      resolve(answer);
    };
    worker.onerror = () => finish(null);
    worker.onmessage = ({ data }) => {
      if (!data || data.error) return finish(null);
      finish(btoa(JSON.stringify({ challenge, solution: data })));
    };
    worker.postMessage({
      type: "work",
      challenge,
      counterMode: "uint32",
      counterStart: 0,
      counterStep: 1,
      timeout: LONGEST,
    });
  });
}

async function start(part) {
  if (part.dataset.started) return;
  part.dataset.started = "true";
  const form = part.closest("form");
  const status = part.querySelector("[data-preau-robots-status]");
  const challenge = part.querySelector("input[name$=_challenge]");
  const solution = part.querySelector("input[name$=_solution]");
  let waiting = null;
  let settled = false;

  status.textContent = part.dataset.working;
  // Sent too early: the same button is pressed again once the proof is there.
  form.addEventListener("submit", (event) => {
    if (settled) return;
    event.preventDefault();
    waiting = event.submitter ?? form;
  });
  const payload = await solve(JSON.parse(challenge.value), part.dataset.worker);
  settled = true;
  solution.value = payload ?? "";
  status.textContent = payload ? part.dataset.done : part.dataset.failed;
  if (waiting) form.requestSubmit(waiting === form ? undefined : waiting);
}

for (const part of document.querySelectorAll("[data-preau-robots]")) start(part);
