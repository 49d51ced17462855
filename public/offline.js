// Lets the service worker (sw.js) keep the app for times without a network, and tells the page how far that is. boot.js
// fetches this once the page is quiet; the app reads `data-kept` and asks `renew`.

const boot = document.getElementById("boot");
const workers = navigator.serviceWorker;

function tell(state) {
  if (boot.dataset.kept === state || boot.dataset.kept === "new") return;
  boot.dataset.kept = state;
  window.dispatchEvent(new Event("model-stages:offline"));
}

async function keep() {
  let controlled = workers.controller;
  const registration = await workers.register(boot.worker("sw.js"), { updateViaCache: "none" });
  const greet = () => registration.active && registration.active.postMessage({ build: boot.dataset.build });
  const look = () => {
    if (registration.active && registration.waiting) tell("new");
    else if (registration.active) tell("ready");
  };
  const follow = (worker) => {
    if (!worker) return;
    worker.addEventListener("statechange", () => {
      if (worker.state === "redundant" && !registration.active) tell("failed");
      look();
    });
  };
  workers.addEventListener("controllerchange", () => {
    // Another page has asked for the new version: this one is an old one now.
    if (controlled) tell("new");
    controlled = workers.controller;
    greet();
  });
  registration.addEventListener("updatefound", () => follow(registration.installing));
  follow(registration.installing);
  look();
  greet();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) registration.update().catch(() => {});
  });
  boot.renew = () => {
    const { waiting } = registration;
    if (!waiting) return window.location.reload();
    waiting.addEventListener("statechange", () => {
      if (waiting.state === "activated") window.location.reload();
    });
    waiting.postMessage("renew");
  };
}

keep().catch(() => tell("failed"));
