'use client';
import { Forgetting } from '../forgetting.tsx';
import { ForgettingPolicy } from './forgetting-policy.tsx';
import { Forgotten } from './forgotten.tsx';
import { KeptItems } from './kept-items.tsx';

/** Forgetting as a whole: the policy, what it takes next and why, what the operator keeps, and what is gone. */
export function ForgettingTier() {
  return (
    <>
      <ForgettingPolicy />
      <Forgetting />
      <KeptItems />
      <Forgotten />
    </>
  );
}
