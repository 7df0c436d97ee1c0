namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Gathers what requests need done while the processors are busy with others, so that it is done for all of them at once. Nobody waits
/// for more to come: what there is is taken as soon as a thread is free.
/// </summary>
/// <param name="take">Does what has been gathered, in the order in which it came; throws nothing.</param>
/// <param name="isInTurn">Whether nothing is taken before what was taken last is done.</param>
internal sealed class Gathering<T>(Func<List<T>, Task> take, bool isInTurn = false) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private List<T> _gathered = [];
    private bool _isScheduled;

    public void Add(T item)
    {
        bool isFirst;
        lock (_lock)
        {
            _gathered.Add(item);
            isFirst = !_isScheduled;
            _isScheduled = true;
        }

        if (isFirst)
        {
            Queue();
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = TakeAsync();

    // Behind what the processors have to do already: what is needed meanwhile comes along.
    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private async Task TakeAsync()
    {
        List<T> gathered;
        lock (_lock)
        {
            (gathered, _gathered, _isScheduled) = (_gathered, [], isInTurn);
        }

        await take(gathered);
        if (!isInTurn)
        {
            return;
        }

        bool hasMore;
        lock (_lock)
        {
            hasMore = _isScheduled = _gathered.Count > 0;
        }

        if (hasMore)
        {
            Queue();
        }
    }
}
