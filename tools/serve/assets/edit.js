/* Keyboard for the forms of corrections: Ctrl+Enter saves, Enter goes on to the next line. */
'use strict';
document.addEventListener('keydown', (event) => {
  const field = event.target;
  if (event.key !== 'Enter' || event.isComposing || !(field instanceof HTMLInputElement)) return;
  const lines = field.form && field.form.querySelector('.lines');
  if (!lines) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  const fields = [...lines.querySelectorAll('input[type=text]')], next = fields[fields.indexOf(field) + 1];
  event.preventDefault();
  (next || field.form.querySelector('button')).focus();
});
/* What was typed and not saved is not lost by going elsewhere unasked. */
let changed = false;
document.addEventListener('input', (event) => { if (event.target.closest('form.edit')) changed = true; });
document.addEventListener('submit', () => { changed = false; });
window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
