export interface LoopInput {
  /** Rest between two turns without a nudge. */
  readonly everyMs: number;
  /** After a nudge: how long to wait for more of them. */
  readonly debounceMs?: number;
  readonly turn: () => Promise<void>;
  readonly onError: (cause: unknown) => void;
}

/** Runs one piece of work over and over, never twice at the same time; a nudge makes the next turn come soon. */
export class BackgroundLoop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isNudged = false;
  private isStopped = true;

  constructor(private readonly input: LoopInput) {}

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.schedule(0);
  }

  /** Asks for a turn now; one that is running is followed by another. */
  nudge(): void {
    if (this.isStopped || this.isNudged) return;
    this.isNudged = true;
    if (!this.running) this.schedule(this.input.debounceMs ?? 0);
  }

  /** Ends the loop and waits for the turn that is running. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.once();
    }, delayMs);
  }

  private async once(): Promise<void> {
    this.isNudged = false;
    try {
      await this.input.turn();
    } catch (cause) {
      this.input.onError(cause);
    }
    this.running = undefined;
    this.schedule(this.isNudged ? (this.input.debounceMs ?? 0) : this.input.everyMs);
  }
}
