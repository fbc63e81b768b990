import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { createConnection } from './connections/create-connection.ts';
import { listConnections } from './connections/list-connections.ts';
import { removeConnection } from './connections/remove-connection.ts';
import { testConnection } from './connections/test-connection.ts';
import { updateConnection } from './connections/update-connection.ts';
import { getEntity } from './entities/get-entity.ts';
import { listEntities } from './entities/list-entities.ts';
import { sendEvent } from './events/send-event.ts';
import { missingFiles } from './files/missing-files.ts';
import { answerTask } from './inbox/answer-task.ts';
import { decideBatch } from './inbox/decide-batch.ts';
import { decideBudget } from './inbox/decide-budget.ts';
import { decideTask } from './inbox/decide-task.ts';
import { getTask } from './inbox/get-task.ts';
import { listTasks } from './inbox/list-tasks.ts';
import { resolveTask } from './inbox/resolve-task.ts';
import { reviewTask } from './inbox/review-task.ts';
import { watchRuns } from './live/watch-runs.ts';
import { addFact } from './memory/add-fact.ts';
import { addSource } from './memory/add-source.ts';
import { correctFact } from './memory/correct-fact.ts';
import {
  bringBackEmbedder,
  embedderChoices,
  embedderStatus,
  migrateEmbedder,
  stopMigration,
  switchEmbedder,
} from './memory/embedders.ts';
import { entityMentions } from './memory/entity-mentions.ts';
import { forgetEntity } from './memory/forget-entity.ts';
import { forgetItems } from './memory/forget-items.ts';
import { forgettingPreview } from './memory/forgetting-preview.ts';
import { forgottenLog } from './memory/forgotten-log.ts';
import { getItem } from './memory/get-item.ts';
import { importDocuments } from './memory/import-documents.ts';
import { importRecallSet } from './memory/import-recall-set.ts';
import { listDocuments } from './memory/list-documents.ts';
import { listEpisodes } from './memory/list-episodes.ts';
import { listFacts } from './memory/list-facts.ts';
import { markExpected } from './memory/mark-expected.ts';
import { measureRecall } from './memory/measure-recall.ts';
import { memoryStats } from './memory/memory-stats.ts';
import { rebuildMemory } from './memory/rebuild-memory.ts';
import { recallSet } from './memory/recall-set.ts';
import { recentMemory } from './memory/recent-memory.ts';
import { refreshDocument } from './memory/refresh-document.ts';
import { removeDocument } from './memory/remove-document.ts';
import { searchMemory } from './memory/search-memory.ts';
import { unmarkExpected } from './memory/unmark-expected.ts';
import { weighItem } from './memory/weigh-item.ts';
import { clearValues, listValues, putValue } from './memory/working.ts';
import { changeBudget } from './money/change-budget.ts';
import { createBudget } from './money/create-budget.ts';
import { estimateRun } from './money/estimate-run.ts';
import { listBudgets } from './money/list-budgets.ts';
import { listPrices } from './money/list-prices.ts';
import { removeBudget } from './money/remove-budget.ts';
import { setPrice } from './money/set-price.ts';
import { spendBy } from './money/spend-by.ts';
import { getMail } from './outbox/get-mail.ts';
import { listMails } from './outbox/list-mails.ts';
import { listPins } from './pins/list-pins.ts';
import { removePin } from './pins/remove-pin.ts';
import { setPin } from './pins/set-pin.ts';
import { createPipeline } from './pipelines/create-pipeline.ts';
import { draftAt } from './pipelines/draft-at.ts';
import { draftHistory } from './pipelines/draft-history.ts';
import { getPipeline } from './pipelines/get-pipeline.ts';
import { getVersion } from './pipelines/get-version.ts';
import { listPipelines } from './pipelines/list-pipelines.ts';
import { listSignatures } from './pipelines/list-signatures.ts';
import { listVersions } from './pipelines/list-versions.ts';
import { nodeHistory } from './pipelines/node-history.ts';
import { publishPipeline } from './pipelines/publish-pipeline.ts';
import { removePipeline } from './pipelines/remove-pipeline.ts';
import { renamePipeline } from './pipelines/rename-pipeline.ts';
import { saveDraft } from './pipelines/save-draft.ts';
import { setEnabled } from './pipelines/set-enabled.ts';
import { createProject } from './projects/create-project.ts';
import { getProject } from './projects/get-project.ts';
import { listProjects } from './projects/list-projects.ts';
import { updateProject } from './projects/update-project.ts';
import { cancelRun } from './runs/cancel-run.ts';
import { checkCompatibility } from './runs/check-compatibility.ts';
import { findRun } from './runs/find-run.ts';
import { forkFrom, planFrom } from './runs/fork-from.ts';
import { forkRun } from './runs/fork-run.ts';
import { getConsole } from './runs/get-console.ts';
import { getLineage } from './runs/get-lineage.ts';
import { getRun } from './runs/get-run.ts';
import { getStep } from './runs/get-step.ts';
import { getTimeline } from './runs/get-timeline.ts';
import { listCheckpoints } from './runs/list-checkpoints.ts';
import { listRuns } from './runs/list-runs.ts';
import { listSources } from './runs/list-sources.ts';
import { listSteps } from './runs/list-steps.ts';
import { pauseRun } from './runs/pause-run.ts';
import { retryFailed } from './runs/retry-failed.ts';
import { rewindRun } from './runs/rewind-run.ts';
import { scopeValues } from './runs/scope-values.ts';
import { planOne, startOne, startUntil } from './runs/start-part.ts';
import { startRun } from './runs/start-run.ts';
import { stateAt } from './runs/state-at.ts';
import { undoPlan } from './runs/undo-plan.ts';
import { undoRun } from './runs/undo-run.ts';
import { undoStatus } from './runs/undo-status.ts';
import { unpauseRun } from './runs/unpause-run.ts';
import { valueAt } from './runs/value-at.ts';
import { whyRun } from './runs/why-run.ts';
import { setupStatus } from './setup/status.ts';
import { getTaskClasses } from './task-classes/get-task-classes.ts';
import { resolveTaskClasses } from './task-classes/resolve-task-classes.ts';
import { setTaskClass } from './task-classes/set-task-class.ts';
import { exportPipeline } from './templates/export-pipeline.ts';
import { importTemplate } from './templates/import-template.ts';
import { installTemplate } from './templates/install-template.ts';
import { listTemplates } from './templates/list-templates.ts';
import { reviewTemplate } from './templates/review-template.ts';
import { sampleInput } from './templates/sample-input.ts';
import { getToday } from './today/get-today.ts';
import { router } from './trpc.ts';
import { createWebhook } from './webhooks/create-webhook.ts';
import { listWebhooks } from './webhooks/list-webhooks.ts';
import { removeWebhook } from './webhooks/remove-webhook.ts';

/** Everything the pages may ask for. */
export const appRouter = router({
  setup: router({
    status: setupStatus,
  }),
  projects: router({
    list: listProjects,
    create: createProject,
    get: getProject,
    update: updateProject,
  }),
  pipelines: router({
    list: listPipelines,
    get: getPipeline,
    create: createPipeline,
    saveDraft: saveDraft,
    draftHistory: draftHistory,
    draftAt: draftAt,
    rename: renamePipeline,
    remove: removePipeline,
    publish: publishPipeline,
    versions: listVersions,
    nodeHistory,
    version: getVersion,
    setEnabled: setEnabled,
    signatures: listSignatures,
  }),
  templates: router({
    list: listTemplates,
    install: installTemplate,
    export: exportPipeline,
    review: reviewTemplate,
    import: importTemplate,
    sampleInput: sampleInput,
  }),
  runs: router({
    start: startRun,
    list: listRuns,
    get: getRun,
    step: getStep,
    lineage: getLineage,
    sources: listSources,
    steps: listSteps,
    timeline: getTimeline,
    console: getConsole,
    cancel: cancelRun,
    pause: pauseRun,
    unpause: unpauseRun,
    why: whyRun,
    undoPlan: undoPlan,
    undo: undoRun,
    undoStatus: undoStatus,
    checkpoints: listCheckpoints,
    stateAt: stateAt,
    valueAt: valueAt,
    scopeValues: scopeValues,
    fork: forkRun,
    rewind: rewindRun,
    retryFailed: retryFailed,
    compatibility: checkCompatibility,
    find: findRun,
    startUntil: startUntil,
    planOne: planOne,
    startOne: startOne,
    planFrom: planFrom,
    forkFrom: forkFrom,
  }),
  inbox: router({
    list: listTasks,
    get: getTask,
    decide: decideTask,
    answer: answerTask,
    resolve: resolveTask,
    review: reviewTask,
    budget: decideBudget,
    batch: decideBatch,
  }),
  pins: router({
    list: listPins,
    set: setPin,
    remove: removePin,
  }),
  events: router({ send: sendEvent }),
  files: router({ missing: missingFiles }),
  memory: router({
    search: searchMemory,
    recent: recentMemory,
    stats: memoryStats,
    rebuild: rebuildMemory,
    episodes: listEpisodes,
    documents: listDocuments,
    importDocuments,
    addSource,
    refreshDocument,
    removeDocument,
    facts: listFacts,
    addFact,
    correctFact,
    item: getItem,
    weigh: weighItem,
    forgetting: forgettingPreview,
    forgotten: forgottenLog,
    forget: forgetItems,
    forgetEntity,
    mentions: entityMentions,
    values: listValues,
    putValue,
    clearValues,
    embedder: embedderStatus,
    migrateEmbedder,
    embedderChoices,
    switchEmbedder,
    bringBackEmbedder,
    stopMigration,
    recallSet,
    markExpected,
    unmarkExpected,
    measureRecall,
    importRecallSet,
  }),
  connections: router({
    list: listConnections,
    create: createConnection,
    update: updateConnection,
    remove: removeConnection,
    test: testConnection,
  }),
  taskClasses: router({
    get: getTaskClasses,
    resolve: resolveTaskClasses,
    set: setTaskClass,
  }),
  entities: router({
    list: listEntities,
    get: getEntity,
  }),
  outbox: router({
    list: listMails,
    get: getMail,
  }),
  money: router({
    prices: listPrices,
    setPrice: setPrice,
    spendBy: spendBy,
    estimateRun: estimateRun,
    budgets: listBudgets,
    createBudget: createBudget,
    changeBudget: changeBudget,
    removeBudget: removeBudget,
  }),
  today: router({
    get: getToday,
  }),
  webhooks: router({
    list: listWebhooks,
    create: createWebhook,
    remove: removeWebhook,
  }),
  live: router({ runs: watchRuns }),
});

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;
