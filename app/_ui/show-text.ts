'use client';
import { createContext, type ReactNode } from 'react';

/** How texts within a value are shown; null: as they are. */
export const ShowText = createContext<((text: string) => ReactNode) | null>(null);
