import type { IStreamResult } from "@microsoft/signalr";
import type { HubSession } from "../connections/hub-session.js";
import { accepted } from "../errors.js";
import { simulationHub, SimulationHubProxy } from "../generated/hubs.js";
import type { Settings } from "../options.js";
import { ChannelStream } from "../sequences/channel-stream.js";
import type { FrameSequence, SequenceOptions } from "../sequences/frame-sequence.js";
import type {
  FeatureUpdate, JoinRunRequest, ListRunsRequest, RunChange, RunRequest, RunResult, RunStatus, SimulationComplete, SimulationState,
  StartRunRequest, SteerRunRequest, StepRunRequest, StreamFeaturesRequest, StreamItem, StreamSimulationRequest, SubscribeRequest,
} from "../wire.js";
import { HubClient } from "./hub-client.js";

/** What frames of a run carry; `frame.type` says which. */
export type RunPayload = SimulationState | RunChange | SimulationComplete;

/** Simulations, `/hubs/simulation`. A full field is `frame.blocks.field`; `toFloat32Array` reads it. */
export class SimulationClient extends HubClient {
  #count = 0;

  /** @internal */
  constructor(settings: Settings) {
    super(settings, { name: "simulation", ...simulationHub });
  }

  /** Reads the states of a run that all who ask for the same share, from its first step to its end. */
  streamSimulation<P = RunPayload>(request: StreamSimulationRequest, options?: SequenceOptions): FrameSequence<P> {
    return this.#stream(request, (hub, asked) => hub.streamSimulation(asked), options);
  }

  /** Reads the features of a run that all who ask for the same share. */
  streamFeatures<P = FeatureUpdate | RunChange | SimulationComplete>(request: StreamFeaturesRequest, options?: SequenceOptions): FrameSequence<P> {
    return this.#stream(request, (hub, asked) => hub.streamFeatures(asked), options);
  }

  /** Reads a run by its id; one that has ended is replayed. */
  joinRun<P = RunPayload>(request: JoinRunRequest & { readonly run_id: string }, options?: SequenceOptions): FrameSequence<P> {
    return this.#stream(request, (hub, asked) => hub.joinRun(asked), options);
  }

  /** Starts a run of one's own. Without `steps` it goes on until it is stopped or nobody watches. */
  startRun(request: StartRunRequest = {}): Promise<RunStatus> {
    return this.#change((hub) => hub.startRun(request));
  }

  /** Changes a run before its next step; the change is kept in its recipe. */
  steerRun(request: SteerRunRequest & { readonly run_id: string }): Promise<RunStatus> {
    return this.#change((hub) => hub.steerRun(request));
  }

  /** Lets a run stand still. */
  pauseRun(request: Required<RunRequest>): Promise<RunStatus> {
    return this.#change((hub) => hub.pauseRun(request));
  }

  /** Lets a run go on. */
  resumeRun(request: Required<RunRequest>): Promise<RunStatus> {
    return this.#change((hub) => hub.resumeRun(request));
  }

  /** Computes some steps of a run and leaves it paused. */
  stepRun(request: StepRunRequest & { readonly run_id: string }): Promise<RunStatus> {
    return this.#change((hub) => hub.stepRun(request));
  }

  /** Ends a run. */
  stopRun(request: Required<RunRequest>): Promise<RunStatus> {
    return this.#change((hub) => hub.stopRun(request));
  }

  /** Lists runs, newest first; with `run_id` the one, and its recipe. */
  async listRuns(request: ListRunsRequest = {}): Promise<readonly RunStatus[]> {
    return accepted(await new SimulationHubProxy(await this.link.connected()).listRuns(request)).runs;
  }

  async #change(call: (hub: SimulationHubProxy) => Promise<RunResult>): Promise<RunStatus> {
    // One of the two is there: the run, or the error that has been thrown.
    return (accepted(await call(new SimulationHubProxy(await this.link.connected()))) as Required<RunResult>).run;
  }

  #stream<R extends SubscribeRequest & { readonly id?: string }, P>(
    request: R,
    call: (hub: SimulationHubProxy, asked: R) => IStreamResult<StreamItem>,
    options?: SequenceOptions,
  ): FrameSequence<P> {
    const open = (session: HubSession, asked: R): IStreamResult<StreamItem> => call(new SimulationHubProxy(session), asked);
    return new ChannelStream<P>(this.link, open, { ...request, id: request.id ?? `simulation-${String(++this.#count)}` }, options);
  }
}
