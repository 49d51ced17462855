// Notes what frames say to the page, and connects to them.
"use strict";
window.said = [];
window.heard = [];
addEventListener("message", ({ source, origin, data }) => {
  const frames = [...document.querySelectorAll("iframe")];
  said.push({ frame: frames.findIndex((frame) => frame.contentWindow === source), origin, data });
});
window.saidBy = (frame, type) => said.find((it) => it.frame === frame && it.data?.type === type)?.data;

// Connects to a frame that is ready; what it says over the port is noted with its number.
window.connect = (number, more = {}) => {
  const { port1, port2 } = new MessageChannel();
  const port = { ask: (command) => port1.postMessage(command) };
  port1.onmessage = ({ data }) => heard.push({ frame: number, data });
  const message = { modelStages: 1, type: "connect", id: saidBy(number, "ready").id, ...more };
  document.querySelectorAll("iframe")[number].contentWindow.postMessage(message, "*", [port2]);
  return port;
};
