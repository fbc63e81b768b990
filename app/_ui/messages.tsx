'use client';
import { CircleCheck, CircleX } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';
import { messagesStand } from './say.ts';

/** Where short messages rise. */
export function Messages() {
  const { theme } = useTheme();
  useEffect(messagesStand, []);
  return (
    <Sonner
      theme={theme === 'light' || theme === 'dark' ? theme : 'system'}
      position="bottom-right"
      icons={{
        success: <CircleCheck size={16} className="text-st-done" />,
        error: <CircleX size={16} className="text-st-failed" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[356px] max-w-[calc(100vw-32px)] items-start gap-2 rounded-float border border-line-strong bg-raised p-3 text-13 text-fg shadow-pop',
          title: 'font-medium',
          description: 'text-12 text-fg-2',
          icon: 'mt-0.5 flex-none',
          content: 'min-w-0 flex-1',
          actionButton: 'text-12 font-medium text-accent-text flex-none',
        },
      }}
    />
  );
}
