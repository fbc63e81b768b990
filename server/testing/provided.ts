declare module 'vitest' {
  /** What the global setup tells the integration tests. */
  interface ProvidedContext {
    postgres: { url: string; template: string };
    chromaUrl: string;
  }
}

export {};
