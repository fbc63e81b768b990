/** Loaded before a worker under test only: moves the clock of its process, as on a machine whose time is wrong. */
const skewMs = Number(process.env.SOLOGRAPH_CHAOS_SKEW_MS ?? 0);
const RealDate = Date;

class SkewedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(RealDate.now() + skewMs);
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + skewMs;
  }
}

globalThis.Date = SkewedDate as DateConstructor;
