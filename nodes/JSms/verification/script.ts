import { trusted, type Html } from './html';

/**
 * What only a program in the page can do; without it everything works, too. It counts down to the next code, and lets a button
 * be pressed once. Buttons come back when the browser shows a page from its memory.
 */
export const SCRIPT: Html = trusted(`
(function(){
var b=document.querySelector('[data-wait]');
if(b){
var end=Date.now()+Number(b.getAttribute('data-wait'))*1000,ready=b.textContent,text=b.getAttribute('data-text');
var tick=function(){
var left=Math.ceil((end-Date.now())/1000);
b.disabled=left>0;
b.textContent=left>0?text.replace('%n',left):ready;
if(left>0)setTimeout(tick,500);
};
tick();
}
var forms=document.querySelectorAll('form');
for(var i=0;i<forms.length;i++)forms[i].addEventListener('submit',function(e){
if(this.getAttribute('data-sent')){e.preventDefault();return;}
this.setAttribute('data-sent','1');
var s=this.querySelector('button');
if(s)s.setAttribute('aria-busy','true');
});
window.addEventListener('pageshow',function(e){
if(!e.persisted)return;
for(var i=0;i<forms.length;i++){
forms[i].removeAttribute('data-sent');
var s=forms[i].querySelector('button');
if(s)s.removeAttribute('aria-busy');
}
});
})();
`);
