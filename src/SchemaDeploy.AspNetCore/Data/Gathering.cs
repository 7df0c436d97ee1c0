namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Gathers what requests need done while the processors are busy with others, so that it is done for all of them at once. Nobody waits
/// for more to come: what there is is taken as soon as a thread is free.
/// </summary>
/// <param name="take">Takes what has been gathered, in the order in which it came; throws nothing.</param>
internal sealed class Gathering<T>(Action<List<T>> take) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private List<T>? _gathered;

    public void Add(T item)
    {
        bool isFirst;
        lock (_lock)
        {
            isFirst = _gathered is null;
            (_gathered ??= []).Add(item);
        }

        if (isFirst)
        {
            // Behind what the processors have to do already: what is needed meanwhile comes along.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        List<T> gathered;
        lock (_lock)
        {
            (gathered, _gathered) = (_gathered!, null);
        }

        take(gathered);
    }
}
