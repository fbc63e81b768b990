import { type APIResponse, expect, type Page } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { RouterInputs, RouterOutputs } from '#server/api/root.ts';
import type { pipelineFile } from './graphs.ts';

/** What a spec begins with and is not about: made through the API, with the operator's own cookies. */
export class Given {
  readonly page: Page;
  #projectId: string | null = null;

  constructor(page: Page) {
    this.page = page;
  }

  /** A project of the spec's own, so that it meets nothing of another's. */
  async project(name: string): Promise<string> {
    const { id } = await this.#call<RouterOutputs['projects']['create']>('projects.create', {
      name,
    } satisfies RouterInputs['projects']['create']);
    this.#projectId = id;
    return id;
  }

  /** A pipeline with this graph in the spec's project; answers the address of its editor. */
  async pipeline(graph: GraphInput): Promise<string> {
    const projectId = this.#projectId ?? (await this.project(graph.name));
    const { id } = await this.#call<RouterOutputs['pipelines']['create']>('pipelines.create', {
      projectId,
      name: graph.name,
      graph,
    });
    return `/p/${projectId}/pipelines/${id}`;
  }

  /** A run of the draft of this graph, to its end; answers the address of its page. */
  async run(graph: GraphInput, input: Record<string, string>): Promise<string> {
    const address = await this.pipeline(graph);
    const [, , projectId = '', , pipelineId = ''] = address.split('/');
    const asked = { projectId, pipelineId, source: 'draft', trigger: 'start', input, requestKey: null } as const;
    const { runId } = await this.#call<RouterOutputs['runs']['start']>('runs.start', asked);
    await expect
      .poll(async () => (await this.#ask<RouterOutputs['runs']['get']>('runs.get', { projectId, runId })).endedAt)
      .not.toBeNull();
    return `/p/${projectId}/runs/${runId}`;
  }

  /** Hosts that are not public and that the spec's project may reach. */
  async allowedHosts(allowedHosts: string[]): Promise<void> {
    const projectId = this.#projectId ?? (await this.project('Hosts'));
    const { settings } = await this.#ask<RouterOutputs['projects']['get']>('projects.get', { projectId });
    await this.#call('projects.update', { projectId, settings: { ...settings, allowedHosts } });
  }

  /** A fact that the spec's project knows. */
  async fact(fact: Omit<RouterInputs['memory']['addFact'], 'projectId'>): Promise<void> {
    const projectId = this.#projectId ?? (await this.project('Facts'));
    await this.#call('memory.addFact', { projectId, ...fact } satisfies RouterInputs['memory']['addFact']);
  }

  /** Opens the editor on a pipeline with this graph. */
  async openEditor(graph: GraphInput | ReturnType<typeof pipelineFile>): Promise<string> {
    const document = 'content' in graph ? (JSON.parse(graph.content) as GraphInput) : graph;
    const address = await this.pipeline(document);
    await this.page.goto(address);
    await expect(this.page.getByRole('heading', { level: 1, name: document.name })).toBeVisible();
    // The name stands there a moment before the keys do anything: the drawing comes after them.
    if (document.nodes.length > 0) await expect(this.page.locator('.react-flow__node').first()).toBeAttached();
    return address;
  }

  async #ask<Output>(procedure: string, input: object): Promise<Output> {
    const address = `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.#read(procedure, await this.page.request.get(address));
  }

  async #call<Output>(procedure: string, input: unknown): Promise<Output> {
    return this.#read(procedure, await this.page.request.post(`/api/trpc/${procedure}`, { data: input }));
  }

  async #read<Output>(procedure: string, answer: APIResponse): Promise<Output> {
    const body = (await answer.json()) as { result?: { data: Output }; error?: { message: string } };
    if (!body.result) throw new Error(`${procedure} was refused: ${JSON.stringify(body.error)}`);
    return body.result.data;
  }
}
