// Takes the service worker away again: put on the host under the name sw.js, it removes what was kept for times without a
// network, and itself. Open pages go on with what the host gives them; what people did is kept elsewhere and stays.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const ours = `model-stages:${new URL(self.registration.scope).pathname}:`;
  for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
  await self.registration.unregister();
}
