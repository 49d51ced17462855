/** `<model-stages>`: a piece of Model Stages in a page. The contract is in docs/embedding.md. */

export type Stage = "None" | "Staging" | "Production" | "Archived";
export type Theme = "system" | "light" | "dark";
export type View = "question" | "questions" | "step" | "exercise" | "scene" | "registry" | "diagram" | "console";
type Command = "run" | "reset" | "load" | "goTo" | "setTheme" | "getState" | "getReceipt";
type EventName = "answered" | "moved" | "refused" | "solved" | "completed" | "key";

export interface Ready {
  modelStages: 1;
  type: "ready";
  /** The version of the app. */
  app: string;
  /** Names this frame from its start to its end. */
  id: string;
  view: string;
  address: string;
  /** What this view can be asked for. */
  commands: Command[];
  events: EventName[];
}

/** What all that a learner does has in common. */
interface Told<Name extends EventName> {
  type: Name;
  /** Rises by one with each event. */
  n: number;
  /** Milliseconds since 1970. */
  at: number;
  /** Verb, object and result as in the Experience API. */
  xapi: { verb: { id: string }; object: { id: string }; result?: Record<string, unknown> };
}

export interface Answered extends Told<"answered"> {
  question: string;
  given: string[];
  right: boolean;
}
export interface Moved extends Told<"moved"> {
  model: string;
  version: number;
  from: Stage;
  to: Stage;
}
export interface Refused extends Told<"refused"> {
  /** The sentence that the learner reads. */
  says: string;
}
export interface Solved extends Told<"solved"> {
  exercise: string;
  steps: number;
  fewest?: number;
  receipt?: string;
}
export interface Completed extends Told<"completed"> {
  /** Right at the first try. */
  right: number;
  of: number;
}

/** The frame has not connected. */
export interface Failed {
  type: "refused";
  code: "version" | "malformed" | "connected" | "gone" | "no-port";
  speaks: number[];
}

export interface State {
  /** Loading it later goes on from here, as far as an address can say it. */
  address: string;
  at: number;
  of: number;
  completed: boolean;
  versions: { model: string; version: number; stage: Stage }[];
}

/** What a promise is rejected with. */
export interface CommandError extends Error {
  code:
    | "malformed"
    | "too-large"
    | "too-many"
    | "unknown-command"
    | "bad-field"
    | "bad-address"
    | "not-here"
    | "refused"
    | "no-receipt"
    /** Another frame has taken its place: the element was moved, another attribute was set, or the frame was loaded again. */
    | "gone";
}

export interface ModelStagesElement extends HTMLElement {
  /** The address of the app. */
  src: string;
  view: View;
  /** An id; several with commas between them; or `new`. */
  item: string;
  /** Without it, the colours of the page. */
  theme: Theme | "";
  rules: "guided" | "mlflow" | "";
  start: string;
  hide: string;
  order: "mixed" | "fixed" | "";
  line: string;
  /** There is only English: another language shows English too. */
  lang: string;
  objective: string;
  par: string;
  models: string;
  distractors: string;
  seed: string;

  run(line: string): Promise<{ printed: string }>;
  reset(): Promise<object>;
  /** Shows something else, such as `question/one-call-swap?theme=dark`. */
  load(address: string): Promise<object>;
  goTo(to: "next" | "previous" | number): Promise<object>;
  setTheme(theme: Theme): Promise<object>;
  getState(): Promise<State>;
  getReceipt(): Promise<{ receipt: string }>;
}

interface ModelStagesEvents {
  ready: CustomEvent<Ready>;
  answered: CustomEvent<Answered>;
  moved: CustomEvent<Moved>;
  refused: CustomEvent<Refused>;
  solved: CustomEvent<Solved>;
  completed: CustomEvent<Completed>;
}

declare global {
  interface HTMLElementTagNameMap {
    "model-stages": ModelStagesElement;
  }
  interface HTMLElementEventMap extends ModelStagesEvents {}
}
