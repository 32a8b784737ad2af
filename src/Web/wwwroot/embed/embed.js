// Shows the booking inside a website: <vet-booking><a href="…/buchen">…</a></vet-booking>. Until the booking has answered,
// or if it never does, the link stays. No cookie, no storage, no request but the frame's own.
(() => {
  const home = new URL(document.currentScript.src).origin;
  customElements.define('vet-booking', class extends HTMLElement {
    connectedCallback() {
      if (document.readyState == 'loading') addEventListener('DOMContentLoaded', () => this.open());
      else this.open();
    }
    open() {
      const link = this.querySelector('a'), frame = document.createElement('iframe');
      if (this.frame || !link || new URL(link.href).origin != home) return;
      this.frame = frame;
      frame.title = link.textContent;
      frame.style.cssText = 'display:block;width:100%;height:0;border:0';
      let shown;
      frame.onload = () => {
        // A new step begins at its top.
        if (shown && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
        frame.contentWindow.postMessage('vet-booking', home);
      };
      addEventListener('message', event => {
        const height = event.data && event.data.vetBooking;
        if (event.source != frame.contentWindow || event.origin != home || !(height > 0)) return;
        shown = true;
        link.style.display = 'none';
        frame.style.height = height + 'px';
      });
      frame.src = link.href;
      this.append(frame);
    }
  });
})();
