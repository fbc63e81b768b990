export type WebhookRow = { id: string; nodeId: string; createdAt: number };
/** The path with the token in it, to be put after the installation's own address. Shown once. */
export type NewWebhook = { id: string; url: string };
